// The front of an issue: whose it is, its one headline, and the numbers of everybody together. Dark in any case, as the
// charts are.

extension BuiltInTemplates {
    static let hero = """
        <tr><td class="hero" bgcolor="#1a1e26" style="background-color:#1a1e26">
        {{#banner}}<img src="{{url}}" width="600" alt="{{alt}}" style="display:block;width:100%;max-width:600px;height:auto;color:#d5dae3;font-size:14px;line-height:20px">{{/banner}}
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
        <tr><td class="pad" style="padding:30px 32px 0">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
        <td style="font-size:14px;line-height:20px;font-weight:700;letter-spacing:1.6px;text-transform:uppercase;color:#f2a93b">{{server}}</td>
        <td align="right" valign="top" style="font-size:14px;line-height:20px;color:#a9b3c2;white-space:nowrap;padding-left:16px">Issue {{number}}</td>
        </tr></table>
        </td></tr>
        <tr><td class="pad" style="padding:26px 32px 0">
        <h1 class="h1" style="margin:0;font-family:Georgia,'Times New Roman',serif;font-size:40px;line-height:47px;font-weight:700;letter-spacing:-0.4px;color:#ffffff">{{headline}}</h1>
        <p style="margin:14px 0 0;font-size:16px;line-height:24px;color:#c6cdd8">{{period.name}}</p>
        </td></tr>
        <tr><td class="pad" style="padding:26px 32px 14px;font-size:0;line-height:0;text-align:left">
        <!--[if mso]><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><![endif]-->
        {{#totals}}
        <!--[if mso]><td valign="top"><![endif]-->
        <div class="stat" style="display:inline-block;vertical-align:top">
        <table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td style="padding:0 36px 16px 0;white-space:nowrap">
        <div style="font-family:Georgia,'Times New Roman',serif;font-size:24px;line-height:30px;font-weight:700;color:#ffffff">{{value}}</div>
        <div style="font-size:14px;line-height:20px;color:#a9b3c2">{{label}}</div>
        {{#delta}}<div style="font-size:14px;line-height:20px;font-weight:600;color:{{#isUp}}#4fd39c{{/isUp}}{{^isUp}}#a9b3c2{{/isUp}}">{{text}}</div>{{/delta}}
        </td></tr></table>
        </div>
        <!--[if mso]></td><![endif]-->
        {{/totals}}
        <!--[if mso]></tr></table><![endif]-->
        </td></tr>
        </table>
        </td></tr>
        {{#hasIntroduction}}
        <tr><td class="pad ink" style="padding:30px 32px 20px;font-size:17px;line-height:27px;color:#1d2129">
        {{#reader.firstName}}<p style="margin:0 0 12px">Hello {{reader.firstName}},</p>{{/reader.firstName}}
        {{#introduction}}
        <p style="margin:0 0 12px">{{.}}</p>
        {{/introduction}}
        </td></tr>
        {{/hasIntroduction}}
        """
}
