// The same letter without a page around it, for those who read mail as text. It says every number the other one says.

extension BuiltInTemplates {
    static let text = """
        {{server}} · {{period.name}} · issue {{number}}

        {{headline}}
        ------------------------------------------------------------
        {{preheader}}
        {{#totals}}
        * {{value}} {{label}}{{#delta}} ({{text}}){{/delta}}
        {{/totals}}
        {{#hasIntroduction}}

        {{#reader.firstName}}
        Hello {{reader.firstName}},
        {{/reader.firstName}}
        {{#introduction}}
        {{.}}
        {{/introduction}}
        {{/hasIntroduction}}
        {{#personal}}
        {{> text-personal}}
        {{/personal}}
        {{#suggestions}}

        == {{title}} ==
        {{#items}}
        * {{name}}{{#detail}} ({{detail}}){{/detail}}: {{summary}}
        {{/items}}
        {{/suggestions}}
        {{#new}}
        {{> text-new}}
        {{/new}}
        {{#community}}
        {{> text-community}}
        {{/community}}
        {{#charts}}

        == {{title}} ==
        {{#pictures}}
        {{alt}}
        {{/pictures}}
        {{/charts}}

        {{> text-footer}}
        """

    static let textPersonal = """

        == {{title}} ==
        {{#time}}
        {{time}} in {{plays}}{{#delta}}, {{text}} {{before}}{{/delta}}
        {{/time}}
        {{sentence}}
        {{#facts}}
        * {{label}}: {{value}}
        {{/facts}}
        {{#picture}}
        {{alt}}
        {{/picture}}
        {{#top}}

        {{title}}
        {{#rows}}
        {{place}}. {{name}}: {{time}}, {{plays}}{{#people}}, {{people}}{{/people}}{{#delta}} ({{text}}){{/delta}}
        {{/rows}}
        {{#more}}
        {{text}}
        {{/more}}
        {{/top}}
        {{#favourites}}

        {{title}}
        {{#items}}
        * {{name}}: {{time}}
        {{/items}}
        {{/favourites}}
        {{#progress}}

        {{title}}
        {{#rows}}
        * {{name}}: {{sentence}}{{#isDone}}, all of it{{/isDone}}
        {{/rows}}
        {{/progress}}
        {{#followed}}

        {{title}}
        {{#items}}
        * {{name}}{{#detail}} ({{detail}}){{/detail}}{{#summary}}: {{summary}}{{/summary}}
        {{/items}}
        {{#more}}
        {{text}}
        {{/more}}
        {{/followed}}
        """

    static let textNew = """

        == {{title}} ==
        {{#isEmpty}}
        {{nothing}}
        {{/isEmpty}}
        {{#trouble}}
        {{trouble}}
        {{/trouble}}
        {{#libraries}}

        {{name}}{{#count}}, {{count}}{{/count}}
        {{#trouble}}
        {{trouble}}
        {{/trouble}}
        {{#featured}}
        * {{name}}{{#detail}} ({{detail}}){{/detail}}{{#summary}}: {{summary}}{{/summary}}
        {{/featured}}
        {{#tileRows}}
        {{#tiles}}
        * {{name}}{{#detail}} ({{detail}}){{/detail}}
        {{/tiles}}
        {{/tileRows}}
        {{#listed}}
        * {{name}}{{#detail}} ({{detail}}){{/detail}}
        {{/listed}}
        {{#more}}
        {{text}}
        {{/more}}
        {{/libraries}}
        {{#more}}
        {{text}}
        {{/more}}
        """

    static let textCommunity = """

        == {{title}} ==
        {{#shared}}

        {{title}}
        {{#items}}
        * {{name}}: {{detail}}{{#summary}}, {{summary}}{{/summary}}
        {{/items}}
        {{#more}}
        {{text}}
        {{/more}}
        {{/shared}}
        {{#network}}
        {{alt}}
        {{/network}}
        {{#lists}}

        {{title}}
        {{#rows}}
        {{place}}. {{name}}: {{time}}, {{plays}}{{#people}}, {{people}}{{/people}}{{#delta}} ({{text}}){{/delta}}
        {{/rows}}
        {{#more}}
        {{text}}
        {{/more}}
        {{/lists}}
        {{#people}}

        {{title}}
        {{#rows}}
        {{place}}. {{name}}: {{time}}, {{plays}}{{#delta}} ({{text}}){{/delta}}
        {{/rows}}
        {{#more}}
        {{text}}
        {{/more}}
        {{/people}}
        {{#race}}
        {{alt}}
        {{/race}}
        {{#quiet}}

        {{quiet}}
        {{/quiet}}
        """

    static let textFooter = """
        ------------------------------------------------------------
        {{#doubts}}
        {{.}}
        {{/doubts}}
        {{footer.why}} Issue {{number}} was made on {{made}}.
        {{#footer.web}}
        Read on the web: {{footer.web}}
        {{/footer.web}}
        {{#footer.archive}}
        All issues: {{footer.archive}}
        {{/footer.archive}}
        {{#footer.preferences}}
        Choose what you get: {{footer.preferences}}
        {{/footer.preferences}}
        {{#footer.unsubscribe}}
        Unsubscribe: {{footer.unsubscribe}}
        {{/footer.unsubscribe}}
        """
}
