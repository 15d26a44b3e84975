// The sections of a letter, in the order they come.

extension BuiltInTemplates {
    static let personal = """
        <tr><td class="pad soft" bgcolor="#fdf6e8" style="padding:34px 32px 28px;background-color:#fdf6e8">
        {{> section-title}}
        {{#time}}
        <p class="ink" style="margin:18px 0 0;font-family:Georgia,'Times New Roman',serif;font-size:44px;line-height:50px;font-weight:700;letter-spacing:-0.5px;color:#1d2129">{{time}}</p>
        <p class="quiet" style="margin:4px 0 0;font-size:16px;line-height:24px;color:#5a6371">in {{plays}}{{#delta}} · <span class="{{#isUp}}up{{/isUp}}{{^isUp}}quiet{{/isUp}}" style="color:{{#isUp}}#16744a{{/isUp}}{{^isUp}}#5a6371{{/isUp}};font-weight:600">{{text}}</span> {{before}}{{/delta}}</p>
        {{/time}}
        <p class="ink" style="margin:14px 0 0;font-size:17px;line-height:26px;color:#1d2129">{{sentence}}</p>
        {{#hasFacts}}
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:20px 0 0">
        {{#facts}}
        <tr>
        <td class="quiet rule" valign="top" style="padding:10px 16px 10px 0;border-top:1px solid #ecdfc6;font-size:15px;line-height:22px;color:#5a6371">{{label}}</td>
        <td class="ink rule" valign="top" align="right" style="padding:10px 0;border-top:1px solid #ecdfc6;font-size:15px;line-height:22px;font-weight:700;color:#1d2129">{{value}}</td>
        </tr>
        {{/facts}}
        </table>
        {{/hasFacts}}
        {{#picture}}<div style="margin:18px 0 0">{{> picture}}</div>{{/picture}}
        {{#top}}<div style="margin:28px 0 0">{{> heading}}{{#rows}}{{> bar-row}}{{/rows}}{{> more}}</div>{{/top}}
        {{#favourites}}
        <div style="margin:24px 0 0">{{> heading}}
        {{#items}}
        <p class="ink" style="margin:0 0 8px;font-size:16px;line-height:24px;color:#1d2129">{{> name}} <span class="quiet" style="font-size:15px;color:#5a6371">{{time}}</span></p>
        {{/items}}
        </div>
        {{/favourites}}
        {{#progress}}
        <div style="margin:24px 0 0">{{> heading}}
        {{#rows}}
        <div style="margin:0 0 14px">
        <div class="ink" style="font-size:16px;line-height:24px;font-weight:600;color:#1d2129">{{> name}}</div>
        {{> bar}}
        <div class="quiet" style="font-size:14px;line-height:20px;color:#5a6371">{{sentence}}{{#isDone}} · all of it{{/isDone}}</div>
        </div>
        {{/rows}}
        </div>
        {{/progress}}
        {{#followed}}<div style="margin:28px 0 0">{{> heading}}{{#items}}{{> poster-row}}{{/items}}{{> more}}</div>{{/followed}}
        </td></tr>
        """

    static let suggestions = """
        <tr><td class="pad" style="padding:36px 32px 12px">
        {{> section-title}}
        <div style="margin:22px 0 0">
        {{#items}}
        {{> poster-row}}
        {{/items}}
        </div>
        </td></tr>
        """

    static let new = """
        <tr><td class="pad" style="padding:36px 32px 16px">
        {{> section-title}}
        {{#isEmpty}}<p class="ink" style="margin:16px 0 12px;font-size:17px;line-height:26px;color:#1d2129">{{nothing}}</p>{{/isEmpty}}
        {{#trouble}}<p class="ink" style="margin:16px 0 12px;font-size:17px;line-height:26px;color:#1d2129">{{trouble}}</p>{{/trouble}}
        {{#libraries}}
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:26px 0 16px"><tr>
        <td class="rule" valign="bottom" style="padding:0 0 8px;border-bottom:1px solid #e6e1d8"><h3 class="ink" style="margin:0;font-size:18px;line-height:25px;font-weight:700;color:#1d2129">{{name}}</h3></td>
        <td class="quiet rule" valign="bottom" align="right" style="padding:0 0 8px 16px;border-bottom:1px solid #e6e1d8;font-size:15px;line-height:25px;white-space:nowrap;color:#5a6371">{{count}}</td>
        </tr></table>
        {{#trouble}}<p class="quiet" style="margin:0 0 12px;font-size:16px;line-height:24px;color:#5a6371">{{trouble}}</p>{{/trouble}}
        {{#featured}}
        {{> poster-row}}
        {{/featured}}
        {{> poster-tiles}}
        {{#listed}}
        <p class="ink" style="margin:0 0 8px;font-size:16px;line-height:23px;color:#1d2129">{{> name}}{{#detail}} <span class="quiet" style="font-size:14px;color:#5a6371">{{detail}}</span>{{/detail}}</p>
        {{/listed}}
        {{> more}}
        {{/libraries}}
        {{> more}}
        </td></tr>
        """

    static let community = """
        <tr><td class="pad rule" style="padding:36px 32px 16px;border-top:1px solid #e6e1d8">
        {{> section-title}}
        {{#shared}}
        <div style="margin:24px 0 0">{{> heading}}
        {{#items}}
        {{> poster-row}}
        {{/items}}
        {{> more}}
        </div>
        {{/shared}}
        {{#network}}<div style="margin:18px 0 28px">{{> picture}}</div>{{/network}}
        {{#lists}}<div style="margin:24px 0 0">{{> heading}}{{#rows}}{{> bar-row}}{{/rows}}{{> more}}</div>{{/lists}}
        {{#people}}<div style="margin:28px 0 0">{{> heading}}{{#rows}}{{> bar-row}}{{/rows}}{{> more}}</div>{{/people}}
        {{#race}}<div style="margin:12px 0 20px">{{> picture}}</div>{{/race}}
        {{#quiet}}<p class="quiet" style="margin:12px 0 12px;font-size:16px;line-height:24px;color:#5a6371">{{quiet}}</p>{{/quiet}}
        </td></tr>
        """

    static let charts = """
        <tr><td class="pad rule" style="padding:36px 32px 24px;border-top:1px solid #e6e1d8">
        {{> section-title}}
        {{#pictures}}
        <div style="margin:20px 0 0">{{> picture}}</div>
        {{/pictures}}
        </td></tr>
        """
}
