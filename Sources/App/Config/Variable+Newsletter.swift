// The settings of the newsletter and of the mail server it goes through.

extension Variable {
    static let newsletter: [Variable] = [
        Variable(
            "NEWSLETTER_SCHEDULE", .newsletter, .scheduleOrOff, standard: "off", example: "0 8 * * 1",
            "When an issue is made and sent; off: only when an admin asks."),
        Variable(
            "NEWSLETTER_RHYTHM", .newsletter, .choice(["weekly", "fortnightly", "monthly"]), standard: "weekly",
            example: "monthly", "The time an issue is about: the last whole week, fortnight or month."),
        Variable(
            "NEWSLETTER_CONSENT", .newsletter, .choice(["opt-in", "opt-out"]), standard: "opt-in", example: "opt-out",
            "Who gets it: those who subscribed, or everybody who did not unsubscribe."),
        Variable(
            "NEWSLETTER_APPROVAL", .newsletter, .flag, standard: "false", example: "true",
            "Whether a scheduled issue waits for an admin's word before it is sent."),
        Variable(
            "NEWSLETTER_QUIET", .newsletter, .choice(["skip", "send"]), standard: "skip", example: "send",
            "What becomes of an issue in whose time nothing was played and nothing came."),
        Variable(
            "NEWSLETTER_NAMES", .newsletter, .choice(["names", "first-names", "initials", "nobody"]),
            standard: "names", example: "first-names", "How people are called in each other's letters."),
        Variable(
            "NEWSLETTER_NAMES_LIKE_MINDED", .newsletter, .flag, standard: "false", example: "true",
            "Whether a suggestion says whose taste it comes from, of those who may be named."),
        Variable(
            "NEWSLETTER_MENTION_QUIET", .newsletter, .flag, standard: "false", example: "true",
            "Whether those who played nothing are greeted by name."),
        Variable(
            "NEWSLETTER_TITLE", .newsletter, .text, example: "The Household",
            "What the server is called in it. Empty: as Plex calls it."),
        Variable(
            "NEWSLETTER_CHANNEL", .newsletter, .id, example: "1180000000000000007",
            "A channel where the highlights of an issue are posted once it is sent."),
        Variable(
            "NEWSLETTER_PACE", .newsletter, .number(0...3600), standard: "5", example: "10",
            "Seconds between two letters."),
        Variable(
            "NEWSLETTER_PER_DAY", .newsletter, .number(0...100_000), standard: "400", example: "100",
            "The most letters in 24 hours; the rest follow the next day. 0: no limit. Gmail allows 500."),
        Variable(
            "PUBLIC_URL", .newsletter, .url(schemes: ["http", "https"]), example: "https://plex.example.org",
            "Where people reach Autoplex's pages from outside: unsubscribing, preferences, past issues. Empty: letters hold no such links."
        ),
    ]

    static let mail: [Variable] = [
        Variable(
            "NEWSLETTER_MAILBOX_URL", .mail, .secret, example: "imaps://imap.gmail.com",
            "The mailbox of the sender's address, read for letters that unsubscribe (IMAP). Without user:password@ with the login for sending. Empty: none is read."
        ),
        Variable(
            "EMAIL_ADDRESS", .mail, .text, example: "robin@gmail.com",
            "With EMAIL_APP_PASSWORD alone: letters go through Gmail from this address."),
        Variable(
            "EMAIL_APP_PASSWORD", .mail, .password, example: "abcd efgh ijkl mnop",
            "Gmail: Google Account, Security, 2-Step Verification, App passwords."),
        Variable(
            "SMTP_URL", .mail, .secret, example: "smtps://user:password@smtp.example.org:465",
            "Another mail server in one line: smtps:// is encrypted from the start, smtp:// by STARTTLS."),
        Variable("SMTP_HOST", .mail, .text, example: "smtp.example.org", "Or its parts one by one: the host,"),
        Variable(
            "SMTP_PORT", .mail, .text, example: "587", "the port (587, or 465 where it is encrypted from the start),"),
        Variable("SMTP_USER", .mail, .text, example: "robin", "the user,"),
        Variable("SMTP_PASSWORD", .mail, .password, example: "the mail server's password", "the password,"),
        Variable(
            "SMTP_SECURITY", .mail, .text, example: "starttls", "and the encryption: tls, starttls, try or off."),
        Variable(
            "SMTP_CA_FILE", .mail, .text, example: "/config/mail-ca.pem",
            "The certificate authority of a mail server of your own."),
        Variable(
            "EMAIL_FROM", .mail, .text, example: "plex@example.org",
            "The sender's address. Empty: EMAIL_ADDRESS, or the user of the mail server."),
        Variable("EMAIL_FROM_NAME", .mail, .text, example: "Robin's Plex", "The sender's name."),
        Variable("EMAIL_REPLY_TO", .mail, .text, example: "robin@example.org", "Where answers go, if elsewhere."),
    ]
}
