// The small parts all sections are put together from.

extension BuiltInTemplates {
    static let sectionTitle = """
        <table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td class="fill" width="44" height="4" bgcolor="#e39a26" style="width:44px;height:4px;line-height:4px;font-size:0;background-color:#e39a26">&nbsp;</td></tr></table>
        <h2 class="ink" style="margin:12px 0 0;font-family:Georgia,'Times New Roman',serif;font-size:28px;line-height:35px;font-weight:700;color:#1d2129">{{title}}</h2>
        """

    static let heading = """
        <h3 class="ink" style="margin:0 0 14px;font-size:18px;line-height:25px;font-weight:700;color:#1d2129">{{title}}</h3>
        """

    static let name =
        "{{#url}}<a href=\"{{url}}\" style=\"color:#1d2129;text-decoration:none\">{{name}}</a>{{/url}}{{^url}}{{name}}{{/url}}"

    static let delta =
        "{{#delta}}<span class=\"{{#isUp}}up{{/isUp}}{{^isUp}}quiet{{/isUp}}\" style=\"white-space:nowrap;color:{{#isUp}}#16744a{{/isUp}}{{^isUp}}#5a6371{{/isUp}}\"> &nbsp;{{text}}</span>{{/delta}}"

    static let more = """
        {{#more}}
        <p class="accent" style="margin:0 0 8px;font-size:15px;line-height:22px;color:#8a4b00">{{#url}}<a href="{{url}}" style="color:#8a4b00;text-decoration:underline">{{text}}</a>{{/url}}{{^url}}{{text}}{{/url}}</p>
        {{/more}}
        """

    static let bar = """
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:6px 0"><tr>
        <td class="fill" width="{{share}}%" height="6" style="height:6px;line-height:6px;font-size:0;background-color:#e39a26;border-radius:3px">&nbsp;</td>
        {{#rest}}<td class="track" width="{{rest}}%" style="line-height:6px;font-size:0;background-color:#ece7dd;border-radius:3px">&nbsp;</td>{{/rest}}
        </tr></table>
        """

    /// The poster says nothing that the name beside it does not, so it has an empty alternative.
    static let barRow = """
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px"><tr>
        {{#poster}}<td width="48" valign="top" style="padding:0 14px 0 0"><img src="{{url}}" width="48" alt="" style="display:block;height:auto;border-radius:5px"></td>{{/poster}}
        {{^poster}}<td width="30" valign="top" class="quiet" style="font-family:Georgia,'Times New Roman',serif;font-size:18px;line-height:24px;color:#5a6371">{{place}}</td>{{/poster}}
        <td valign="top">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="font-size:16px;line-height:24px;font-weight:{{#isYou}}800{{/isYou}}{{^isYou}}600{{/isYou}}"><tr>
        <td class="ink" style="color:#1d2129">{{> name}}</td>
        <td valign="top" align="right" class="ink" style="white-space:nowrap;padding-left:12px;color:#1d2129">{{time}}</td>
        </tr></table>
        {{> bar}}
        <div class="quiet" style="font-size:14px;line-height:20px;color:#5a6371">{{plays}}{{#people}} · {{people}}{{/people}}{{> delta}}</div>
        </td></tr></table>
        """

    static let posterRow = """
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 22px"><tr>
        {{#poster}}<td width="96" valign="top" style="width:96px;padding:0 18px 0 0"><img src="{{url}}" width="96" alt="{{alt}}" style="display:block;width:96px;height:auto;border-radius:8px;font-size:14px;line-height:20px;color:#5a6371"></td>{{/poster}}
        <td valign="top">
        <div class="ink" style="font-family:Georgia,'Times New Roman',serif;font-size:20px;line-height:27px;font-weight:700;color:#1d2129">{{> name}}</div>
        {{#detail}}<div class="quiet" style="margin:3px 0 0;font-size:14px;line-height:20px;color:#5a6371">{{detail}}</div>{{/detail}}
        {{#summary}}<div class="ink" style="margin:8px 0 0;font-size:15px;line-height:23px;color:#1d2129">{{summary}}</div>{{/summary}}
        </td></tr></table>
        """

    /// Four in a row where there is room, two on a telephone; Outlook gets a table of its own.
    static let posterTiles = """
        {{#tileRows}}
        <div style="font-size:0;line-height:0;text-align:left">
        <!--[if mso]><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><![endif]-->
        {{#tiles}}
        <!--[if mso]><td width="134" valign="top"><![endif]-->
        <div class="tile" style="display:inline-block;width:134px;vertical-align:top">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td style="padding:0 14px 20px 0">
        {{#poster}}<img src="{{url}}" width="120" alt="{{alt}}" style="display:block;width:120px;height:auto;border-radius:8px;font-size:14px;line-height:20px;color:#5a6371">{{/poster}}
        <div class="ink" style="margin:8px 0 0;font-size:15px;line-height:20px;font-weight:600;color:#1d2129">{{> name}}</div>
        {{#detail}}<div class="quiet" style="margin:2px 0 0;font-size:14px;line-height:19px;color:#5a6371">{{detail}}</div>{{/detail}}
        </td></tr></table>
        </div>
        <!--[if mso]></td><![endif]-->
        {{/tiles}}
        <!--[if mso]></tr></table><![endif]-->
        </div>
        {{/tileRows}}
        """

    /// On ground of the picture's own colour, so that one narrower than the column looks as wide as it.
    static let picture = """
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" bgcolor="#1a1e26" style="background-color:#1a1e26;border-radius:12px;overflow:hidden">
        <img src="{{url}}" width="{{width}}" alt="{{alt}}" style="display:block;margin:0 auto;width:100%;max-width:{{width}}px;height:auto;border-radius:12px;font-size:14px;line-height:20px;color:#d5dae3">
        </td></tr></table>
        """

    static let button = """
        <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 0"><tr><td class="button" align="center" bgcolor="#1a1e26" style="background-color:#1a1e26;border-radius:10px">
        <a href="{{url}}" style="display:inline-block;padding:13px 22px;font-size:16px;line-height:22px;font-weight:700;color:#ffffff;text-decoration:none">{{label}}</a>
        </td></tr></table>
        """
}
