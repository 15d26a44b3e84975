// The page around a letter. 600 points in tables, as Outlook draws with Word's engine (tables, no flex, no grid); inline
// styles, as some programs drop the rest; light colours, with dark ones for those that ask (prefers-color-scheme, and
// [data-ogsc] of Outlook's apps). Classes are there for dark colours and narrow screens alone.

extension BuiltInTemplates {
    static let letter = """
        {{<layout}}
        {{$content}}
        {{> hero}}
        {{#personal}}{{> personal}}{{/personal}}
        {{#suggestions}}{{> suggestions}}{{/suggestions}}
        {{#new}}{{> new}}{{/new}}
        {{#community}}{{> community}}{{/community}}
        {{#charts}}{{> charts}}{{/charts}}
        {{#button}}
        <tr><td class="pad" style="padding:4px 32px 36px">{{> button}}</td></tr>
        {{/button}}
        {{/content}}
        {{/layout}}
        """

    static let layout = """
        <!DOCTYPE html>
        <html lang="{{language}}" xmlns="http://www.w3.org/1999/xhtml" xmlns:o="urn:schemas-microsoft-com:office:office">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="X-UA-Compatible" content="IE=edge">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <meta name="x-apple-disable-message-reformatting">
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>{{subject}}</title>
        <!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><style>table{border-collapse:collapse}td,div,p,a,h1,h2,h3{font-family:Arial,sans-serif!important}</style><![endif]-->
        {{> style}}
        </head>
        <body class="bg" style="margin:0;padding:0;width:100%;background-color:#f2efe9;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%">
        <div style="display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;color:#f2efe9">{{preheader}}&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;</div>
        <div role="article" aria-roledescription="email" aria-label="{{subject}}" lang="{{language}}">
        <table role="presentation" class="bg" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f2efe9" style="background-color:#f2efe9">
        <tr><td align="center" class="edge" style="padding:28px 12px 40px;font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
        <!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
        <table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="max-width:600px;background-color:#ffffff;border-radius:16px;overflow:hidden;text-align:left;word-break:break-word;overflow-wrap:anywhere">
        {{$content}}{{/content}}
        {{> footer}}
        </table>
        <!--[if mso]></td></tr></table><![endif]-->
        </td></tr>
        </table>
        </div>
        </body>
        </html>
        """

    static let style = """
        <style>
        :root{color-scheme:light dark;supported-color-schemes:light dark}
        a{text-decoration:none}
        img{border:0;outline:none;text-decoration:none;-ms-interpolation-mode:bicubic}
        @media (max-width:619px){
        .edge{padding:0 0 24px!important}
        .card{border-radius:0!important}
        .pad{padding-left:20px!important;padding-right:20px!important}
        .h1{font-size:31px!important;line-height:37px!important}
        .tile,.stat{width:50%!important}
        .tile img{width:100%!important;max-width:150px!important}
        }
        @media (prefers-color-scheme:dark){
        .bg{background-color:#0e1116!important}
        .card{background-color:#161a21!important}
        .hero{background-color:#1d222c!important}
        .soft{background-color:#231e15!important}
        .ink,.ink a{color:#eef1f6!important}
        .quiet,.quiet a{color:#a9b3c2!important}
        .accent,.accent a{color:#f2a93b!important}
        .up{color:#4fd39c!important}
        .rule{border-color:#2c323e!important}
        .track{background-color:#343b48!important}
        .fill{background-color:#f2a93b!important}
        .button{background-color:#f2a93b!important}
        .button a{color:#1a1e26!important}
        }
        [data-ogsb] .bg{background-color:#0e1116!important}
        [data-ogsb] .card{background-color:#161a21!important}
        [data-ogsb] .hero{background-color:#1d222c!important}
        [data-ogsb] .soft{background-color:#231e15!important}
        [data-ogsb] .track{background-color:#343b48!important}
        [data-ogsb] .fill,[data-ogsb] .button{background-color:#f2a93b!important}
        [data-ogsc] .ink,[data-ogsc] .ink a{color:#eef1f6!important}
        [data-ogsc] .quiet,[data-ogsc] .quiet a{color:#a9b3c2!important}
        [data-ogsc] .accent,[data-ogsc] .accent a{color:#f2a93b!important}
        [data-ogsc] .up{color:#4fd39c!important}
        [data-ogsc] .button a{color:#1a1e26!important}
        </style>
        """

    static let footer = """
        <tr><td class="pad quiet rule" style="padding:28px 32px 36px;border-top:1px solid #e6e1d8;font-size:14px;line-height:22px;color:#5a6371">
        {{#doubts}}
        <p style="margin:0 0 10px">{{.}}</p>
        {{/doubts}}
        <p style="margin:0 0 10px">{{footer.why}} Issue {{number}} was made on {{made}}.</p>
        <p class="accent" style="margin:0;color:#8a4b00">
        {{#footer.web}}<a href="{{footer.web}}" style="display:inline-block;margin:0 18px 4px 0;color:#8a4b00;text-decoration:underline">Read on the web</a> {{/footer.web}}
        {{#footer.archive}}<a href="{{footer.archive}}" style="display:inline-block;margin:0 18px 4px 0;color:#8a4b00;text-decoration:underline">All issues</a> {{/footer.archive}}
        {{#footer.preferences}}<a href="{{footer.preferences}}" style="display:inline-block;margin:0 18px 4px 0;color:#8a4b00;text-decoration:underline">Choose what you get</a> {{/footer.preferences}}
        {{#footer.unsubscribe}}<a href="{{footer.unsubscribe}}" style="display:inline-block;margin:0 18px 4px 0;color:#8a4b00;text-decoration:underline">Unsubscribe</a> {{/footer.unsubscribe}}
        </p>
        </td></tr>
        """
}
