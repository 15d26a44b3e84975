// The notices' built-in templates. The page around them, its colours and small parts are those of the newsletter's letters
// (BuiltInTemplates.page), so that all mail of a server looks alike.

enum NoticeTemplates {
    static let all: [String: String] = BuiltInTemplates.page.merging(written) { $1 }.mapValues(
        BuiltInTemplates.squeezed)

    private static let written: [String: String] = [
        "hero": hero, "footer": footer, "welcome": welcome, "reminder": reminder, "warning": warning,
        "removal": removal, "invitation": invitation, "report": report, "hello": hello, "about": about,
        "links": links, "rules": rules, "contact": contact, "date": date, "here": here, "last-seen": lastSeen,
        "prose": prose, "title": title, "paragraph": paragraph,
        "text-welcome": textWelcome, "text-reminder": textReminder, "text-warning": textWarning,
        "text-removal": textRemoval, "text-invitation": textInvitation, "text-report": textReport,
        "text-top": textTop, "text-about": textAbout, "text-contact": textContact, "text-date": textDate,
        "text-here": textHere, "text-last-seen": textLastSeen, "text-footer": textFooter,
    ]

    // MARK: The letters

    private static let welcome = """
        {{<layout}}
        {{$content}}
        {{> hero}}
        <tr><td class="pad" style="padding:30px 32px 8px">
        {{> hello}}
        {{> about}}
        </td></tr>
        {{#hasLinks}}<tr><td class="pad soft" bgcolor="#fdf6e8" style="padding:30px 32px 26px;background-color:#fdf6e8">{{> links}}</td></tr>{{/hasLinks}}
        {{#hasRules}}<tr><td class="pad" style="padding:30px 32px 8px">{{> rules}}</td></tr>{{/hasRules}}
        {{#limits}}
        <tr><td class="pad" style="padding:0 32px 8px">
        {{<title}}{{$words}}If you stop watching{{/words}}{{/title}}
        {{<paragraph}}{{$words}}After {{warn}} without watching anything you get a letter that names a date. After {{kick}} your access may end. Watching anything starts the count anew{{#grace}}, and your first {{grace}} do not count{{/grace}}.{{/words}}{{/paragraph}}
        </td></tr>
        {{/limits}}
        {{> contact}}
        {{/content}}
        {{/layout}}
        """

    private static let reminder = """
        {{<layout}}
        {{$content}}
        {{> hero}}
        {{#removal}}{{<date}}{{$begin}}If nothing changes, your access ends on{{/begin}}{{/date}}{{/removal}}
        <tr><td class="pad" style="padding:30px 32px 8px">
        {{> hello}}
        {{> last-seen}}
        {{#limits}}{{<paragraph}}{{$words}}Access to {{server}} ends after {{kick}} without watching anything. Play anything you like, and the count starts anew.{{/words}}{{/paragraph}}{{/limits}}
        </td></tr>
        {{#here}}{{> here}}{{/here}}
        {{> contact}}
        {{/content}}
        {{/layout}}
        """

    private static let warning = """
        {{<layout}}
        {{$content}}
        {{> hero}}
        {{#removal}}{{> date}}{{/removal}}
        <tr><td class="pad" style="padding:30px 32px 8px">
        {{> hello}}
        {{> last-seen}}
        {{#limits}}{{<paragraph}}{{$words}}Access to {{server}} ends after {{kick}} without watching anything. Days on which the server was away do not count.{{/words}}{{/paragraph}}{{/limits}}
        {{<title}}{{$words}}To stay{{/words}}{{/title}}
        {{<paragraph}}{{$words}}Play anything on {{server}}, with any app. That is all, and this letter is void.{{/words}}{{/paragraph}}
        </td></tr>
        {{#here}}{{> here}}{{/here}}
        {{> contact}}
        {{/content}}
        {{/layout}}
        """

    private static let removal = """
        {{<layout}}
        {{$content}}
        {{> hero}}
        <tr><td class="pad" style="padding:30px 32px 8px">
        {{> hello}}
        {{<paragraph}}{{$words}}Your share of {{server}} has ended{{#removal}}, on {{exact}}{{/removal}}. It is nothing personal: {{#limits}}access ends after {{kick}} without watching anything{{/limits}}{{^limits}}unused places are closed after a while{{/limits}}.{{/words}}{{/paragraph}}
        {{> last-seen}}
        {{<title}}{{$words}}Coming back{{/words}}{{/title}}
        {{<paragraph}}{{$words}}You are welcome any time. Just ask{{#contact}}{{^isReply}} {{#url}}<span class="accent"><a href="{{url}}" style="color:#8a4b00;text-decoration:underline">{{words}}</a></span>{{/url}}{{^url}}{{words}}{{/url}}{{/isReply}}{{#isReply}}, by {{words}}{{/isReply}}{{/contact}}: an invitation brings back the libraries you had.{{/words}}{{/paragraph}}
        {{<title}}{{$words}}What stays{{/words}}{{/title}}
        {{<paragraph}}{{$words}}Only your access to this one server has ended. Your Plex account, and every other server in it, is as it was.{{/words}}{{/paragraph}}
        </td></tr>
        {{/content}}
        {{/layout}}
        """

    private static let invitation = """
        {{<layout}}
        {{$content}}
        {{> hero}}
        <tr><td class="pad" style="padding:30px 32px 8px">
        {{> hello}}
        {{<paragraph}}{{$words}}You are invited to {{server}} again, with the libraries you had. Accept the invitation that plex.tv sends you, by mail and in every Plex app, and it is as it was.{{/words}}{{/paragraph}}
        </td></tr>
        {{#hasLinks}}<tr><td class="pad soft" bgcolor="#fdf6e8" style="padding:30px 32px 26px;background-color:#fdf6e8">{{> links}}</td></tr>{{/hasLinks}}
        {{> contact}}
        {{/content}}
        {{/layout}}
        """

    private static let report = """
        {{<layout}}
        {{$content}}
        {{> hero}}
        <tr><td class="pad" style="padding:30px 32px 8px">
        {{#report}}
        {{#lines}}{{<paragraph}}{{$words}}{{> prose}}{{/words}}{{/paragraph}}{{/lines}}
        {{#fields}}
        <div class="rule" style="margin:0;padding:12px 0 14px;border-top:1px solid #e6e1d8">
        <div class="quiet" style="font-size:14px;line-height:20px;color:#5a6371">{{name}}</div>
        <div class="ink" style="margin:2px 0 0;font-size:16px;line-height:24px;color:#1d2129">{{#value}}{{> prose}}{{/value}}</div>
        </div>
        {{/fields}}
        {{#footer}}<p class="quiet" style="margin:8px 0 14px;font-size:14px;line-height:21px;color:#5a6371">{{.}}</p>{{/footer}}
        {{#asks}}<p class="ink" style="margin:8px 0 14px;font-size:16px;line-height:25px;font-weight:700;color:#1d2129">This waits for your answer: the buttons are on the card in Discord.</p>{{/asks}}
        {{/report}}
        </td></tr>
        {{/content}}
        {{/layout}}
        """

    // MARK: Their parts

    private static let hero = """
        <tr><td class="hero" bgcolor="#1a1e26" style="background-color:#1a1e26">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
        <tr><td class="pad" style="padding:30px 32px 0">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
        <td style="font-size:14px;line-height:20px;font-weight:700;letter-spacing:1.6px;text-transform:uppercase;color:#f2a93b">{{server}}</td>
        <td align="right" valign="top" style="font-size:14px;line-height:20px;color:#a9b3c2;white-space:nowrap;padding-left:16px">{{label}}</td>
        </tr></table>
        </td></tr>
        <tr><td class="pad" style="padding:24px 32px 32px">
        <h1 class="h1" style="margin:0;font-family:Georgia,'Times New Roman',serif;font-size:36px;line-height:43px;font-weight:700;letter-spacing:-0.4px;color:#ffffff">{{headline}}</h1>
        {{#lead}}<p style="margin:12px 0 0;font-size:17px;line-height:26px;color:#c6cdd8">{{lead}}</p>{{/lead}}
        </td></tr>
        </table>
        </td></tr>
        """

    private static let title = """
        <h2 class="ink" style="margin:8px 0 10px;font-size:18px;line-height:25px;font-weight:700;color:#1d2129">{{$words}}{{/words}}</h2>
        """

    private static let paragraph = """
        <p class="ink" style="margin:0 0 16px;font-size:16px;line-height:25px;color:#1d2129">{{$words}}{{/words}}</p>
        """

    private static let hello = """
        {{#reader.firstName}}{{<paragraph}}{{$words}}Hello {{reader.firstName}},{{/words}}{{/paragraph}}{{/reader.firstName}}
        """

    private static let about = """
        {{#about}}{{<paragraph}}{{$words}}{{.}}{{/words}}{{/paragraph}}{{/about}}
        """

    private static let links = """
        {{<title}}{{$words}}Good to have at hand{{/words}}{{/title}}
        {{#links}}<p class="accent" style="margin:0 0 8px;font-size:16px;line-height:24px;color:#8a4b00"><a href="{{url}}" style="color:#8a4b00;text-decoration:underline">{{title}}</a></p>{{/links}}
        """

    private static let rules = """
        {{<title}}{{$words}}House rules{{/words}}{{/title}}
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
        {{#rules}}<tr>
        <td width="22" valign="top" class="accent" style="width:22px;padding:0 0 10px;font-size:16px;line-height:24px;color:#8a4b00">•</td>
        <td valign="top" class="ink" style="padding:0 0 10px;font-size:16px;line-height:24px;color:#1d2129">{{.}}</td>
        </tr>{{/rules}}
        </table>
        """

    private static let date = """
        <tr><td class="pad soft" bgcolor="#fdf6e8" style="padding:28px 32px 28px;background-color:#fdf6e8">
        <p class="quiet" style="margin:0;font-size:15px;line-height:22px;color:#5a6371">{{$begin}}Your access ends on{{/begin}}</p>
        <p class="ink" style="margin:4px 0 0;font-family:Georgia,'Times New Roman',serif;font-size:28px;line-height:35px;font-weight:700;color:#1d2129">{{date}}</p>
        <p class="ink" style="margin:4px 0 0;font-size:17px;line-height:26px;color:#1d2129">at {{time}} {{zone}}{{#in}}, {{in}}{{/in}}</p>
        <p class="quiet" style="margin:8px 0 0;font-size:15px;line-height:22px;color:#5a6371">unless you watch something before then.</p>
        </td></tr>
        """

    private static let here = """
        <tr><td class="pad" style="padding:0 32px 10px">
        {{<title}}{{$words}}No time to watch?{{/words}}{{/title}}
        {{<paragraph}}{{$words}}Say that you are still here: that gives you at least {{days}} from that day. You can do it {{times}}.{{/words}}{{/paragraph}}
        {{> button}}
        </td></tr>
        """

    private static let lastSeen = """
        {{#idle}}
        {{#lastDate}}{{<paragraph}}{{$words}}We last saw you on {{lastDate}}{{#lastTitle}}, with <strong>{{lastTitle}}</strong>{{/lastTitle}}.{{#days}} That is {{days}} without watching, by our count.{{/days}}{{/words}}{{/paragraph}}{{/lastDate}}
        {{#isNever}}{{<paragraph}}{{$words}}We have not seen you watch anything yet.{{#days}} That is {{days}} without watching, by our count.{{/days}}{{/words}}{{/paragraph}}{{/isNever}}
        {{/idle}}
        """

    private static let contact = """
        {{#contact}}
        <tr><td class="pad" style="padding:18px 32px 30px">
        <p class="ink" style="margin:0;font-size:16px;line-height:25px;color:#1d2129">Questions? {{#isReply}}Just answer this letter.{{/isReply}}{{^isReply}}Ask {{#url}}<span class="accent"><a href="{{url}}" style="color:#8a4b00;text-decoration:underline">{{words}}</a></span>{{/url}}{{^url}}{{words}}{{/url}}.{{/isReply}}</p>
        </td></tr>
        {{/contact}}
        """

    private static let prose = """
        {{#pieces}}{{#isPlain}}{{text}}{{/isPlain}}{{#isStrong}}<strong>{{text}}</strong>{{/isStrong}}{{#isCode}}<span style="font-family:Menlo,Consolas,monospace;font-size:15px">{{text}}</span>{{/isCode}}{{#isBlock}}<span style="display:block;margin:8px 0;white-space:pre-wrap;font-family:Menlo,Consolas,monospace;font-size:14px;line-height:20px">{{text}}</span>{{/isBlock}}{{#isBreak}}<br>{{/isBreak}}{{#url}}<span class="accent"><a href="{{url}}" style="color:#8a4b00;text-decoration:underline">{{text}}</a></span>{{/url}}{{/pieces}}
        """

    private static let footer = """
        <tr><td class="pad quiet rule" style="padding:24px 32px 32px;border-top:1px solid #e6e1d8;font-size:14px;line-height:22px;color:#5a6371">
        <p style="margin:0">{{footer.why}} Written on {{made}}.</p>
        </td></tr>
        """
}
