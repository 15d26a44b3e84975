// The same notices as plain text. They say every fact the others say, with addresses written out.

extension NoticeTemplates {
    static let textWelcome = """
        {{> text-top}}
        {{> text-about}}
        {{#hasLinks}}

        == Good to have at hand ==
        {{#links}}
        * {{title}}: {{url}}
        {{/links}}
        {{/hasLinks}}
        {{#hasRules}}

        == House rules ==
        {{#rules}}
        * {{.}}
        {{/rules}}
        {{/hasRules}}
        {{#limits}}

        == If you stop watching ==
        After {{warn}} without watching anything you get a letter that names a date. After {{kick}} your access may end.
        Watching anything starts the count anew{{#grace}}, and your first {{grace}} do not count{{/grace}}.
        {{/limits}}
        {{> text-contact}}
        {{> text-footer}}
        """

    static let textReminder = """
        {{> text-top}}
        {{#removal}}
        {{<text-date}}{{$begin}}If nothing changes, your access ends on{{/begin}}{{/text-date}}
        {{/removal}}

        {{> text-last-seen}}
        {{#limits}}
        Access to {{server}} ends after {{kick}} without watching anything. Play anything you like, and the count starts anew.
        {{/limits}}
        {{#here}}
        {{> text-here}}
        {{/here}}
        {{> text-contact}}
        {{> text-footer}}
        """

    static let textWarning = """
        {{> text-top}}
        {{#removal}}
        {{> text-date}}
        {{/removal}}

        {{> text-last-seen}}
        {{#limits}}
        Access to {{server}} ends after {{kick}} without watching anything. Days on which the server was away do not count.
        {{/limits}}

        == To stay ==
        Play anything on {{server}}, with any app. That is all, and this letter is void.
        {{#here}}
        {{> text-here}}
        {{/here}}
        {{> text-contact}}
        {{> text-footer}}
        """

    static let textRemoval = """
        {{> text-top}}
        Your share of {{server}} has ended{{#removal}}, on {{exact}}{{/removal}}. It is nothing personal: {{#limits}}access ends after {{kick}} without watching anything{{/limits}}{{^limits}}unused places are closed after a while{{/limits}}.
        {{> text-last-seen}}

        == Coming back ==
        You are welcome any time. Just ask{{#contact}}{{^isReply}} {{words}}{{#shown}} ({{shown}}){{/shown}}{{/isReply}}{{#isReply}}, by {{words}}{{/isReply}}{{/contact}}: an invitation brings back the libraries you had.

        == What stays ==
        Only your access to this one server has ended. Your Plex account, and every other server in it, is as it was.
        {{> text-footer}}
        """

    static let textInvitation = """
        {{> text-top}}
        You are invited to {{server}} again, with the libraries you had. Accept the invitation that plex.tv sends you, by mail and in every Plex app, and it is as it was.
        {{#hasLinks}}

        == Good to have at hand ==
        {{#links}}
        * {{title}}: {{url}}
        {{/links}}
        {{/hasLinks}}
        {{> text-contact}}
        {{> text-footer}}
        """

    static let textReport = """
        {{server}} · {{label}}

        {{headline}}
        ------------------------------------------------------------
        {{#report}}
        {{#lines}}
        {{text}}
        {{/lines}}
        {{#fields}}

        {{name}}:
        {{#value}}
        {{text}}
        {{/value}}
        {{/fields}}
        {{#footer}}

        {{.}}
        {{/footer}}
        {{#asks}}

        This waits for your answer: the buttons are on the card in Discord.
        {{/asks}}
        {{/report}}
        {{> text-footer}}
        """

    // MARK: Their parts

    static let textTop = """
        {{server}} · {{label}}

        {{headline}}
        ------------------------------------------------------------
        {{#lead}}
        {{lead}}
        {{/lead}}

        {{#reader.firstName}}
        Hello {{reader.firstName}},

        {{/reader.firstName}}
        """

    static let textAbout = """
        {{#about}}
        {{.}}
        {{/about}}
        """

    static let textContact = """
        {{#contact}}

        Questions? {{#isReply}}Just answer this letter.{{/isReply}}{{^isReply}}Ask {{words}}{{#shown}} ({{shown}}){{/shown}}.{{/isReply}}
        {{/contact}}
        """

    static let textDate = """

        {{$begin}}Your access ends on{{/begin}} {{date}}
        at {{time}} {{zone}}{{#in}}, {{in}}{{/in}},
        unless you watch something before then.
        """

    static let textHere = """

        == No time to watch? ==
        Say that you are still here: that gives you at least {{days}} from that day. You can do it {{times}}.
        {{label}}: {{url}}
        """

    static let textLastSeen = """
        {{#idle}}
        {{#lastDate}}
        We last saw you on {{lastDate}}{{#lastTitle}}, with {{lastTitle}}{{/lastTitle}}.{{#days}} That is {{days}} without watching, by our count.{{/days}}
        {{/lastDate}}
        {{#isNever}}
        We have not seen you watch anything yet.{{#days}} That is {{days}} without watching, by our count.{{/days}}
        {{/isNever}}
        {{/idle}}
        """

    static let textFooter = """

        ------------------------------------------------------------
        {{footer.why}} Written on {{made}}.
        """
}
