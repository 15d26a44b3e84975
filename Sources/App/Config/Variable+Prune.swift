// The settings of welcoming, warning and pruning. Where daemons that do the like have a usual name for one, it is that.

extension Variable {
    static let prune: [Variable] = [
        Variable(
            "WELCOME", .prune, .flag, standard: "false", example: "true",
            "Whether new people are welcomed: by mail, by direct message where linked, and a note to the admins."),
        Variable(
            "WELCOME_ABOUT", .prune, .text, example: "Films and series for friends and family.",
            "What a welcome says about the server, in your words; | between paragraphs."),
        Variable(
            "WELCOME_RULES", .prune, .text, example: "Be kind to the upload | One stream at a time",
            "The rules a welcome tells, with | between them."),
        Variable(
            "WELCOME_LINKS", .prune, .text, example: "Ask for films=https://requests.example.org",
            "Links in the mails: name=address, with | between them."),
        Variable(
            "WELCOME_CONTACT", .prune, .text, example: "Robin, in #help",
            "Whom people turn to, in the mails: a name, an address, or name=https://address. Empty: they answer the mail."
        ),
        Variable(
            "CHECK_NEW_USERS_SECS", .prune, .number(30...86_400), standard: "120", example: "300",
            "Seconds between two looks for new people and running streams."),
        Variable(
            "PRUNE", .prune, .choice(["off", "dry", "on"]), standard: "off", example: "dry",
            "off: nobody is judged. dry: reports what it would do. on: warns and removes, unless DRY_RUN is true."),
        Variable(
            "WARN_DAYS", .prune, .number(1...3650), standard: "27", example: "50",
            "Days without watching until somebody is warned."),
        Variable(
            "KICK_DAYS", .prune, .number(2...3650), standard: "30", example: "60",
            "Days without watching until their share may be removed. More than WARN_DAYS."),
        Variable(
            "CHECK_INACTIVITY_SECS", .prune, .number(60...86_400), standard: "1800", example: "3600",
            "Seconds between two looks at who watches."),
        Variable(
            "PRUNE_APPROVAL", .prune, .flag, standard: "true", example: "false",
            "Whether each removal waits for an admin's word on a card."),
        Variable(
            "PRUNE_REMINDER_DAYS", .prune, .text, example: "20,29",
            "Days without watching at which a reminder is sent besides the warning, with commas."),
        Variable(
            "PRUNE_GRACE_HOURS", .prune, .number(0...8760), standard: "24", example: "168",
            "Hours after joining that do not count."),
        Variable(
            "PRUNE_NOTICE_HOURS", .prune, .number(72...8760), standard: "72", example: "168",
            "The least time between a warning that arrived and a removal."),
        Variable(
            "PRUNE_PER_DAY", .prune, .number(1...1000), standard: "1", example: "3",
            "The most removals in 24 hours."),
        Variable(
            "PRUNE_PERCENT", .prune, .number(1...100), standard: "10", example: "5",
            "When more than this part of the people would be due at once, everything stops and an admin is asked."),
        Variable(
            "PRUNE_STALE_HOURS", .prune, .number(1...8760), standard: "72", example: "24",
            "When nobody at all has played anything for so long, the history is not believed and nobody is judged."),
        Variable(
            "PRUNE_HERE_DAYS", .prune, .number(1...365), standard: "14", example: "30",
            "Days that \"I'm still here\" gives."),
        Variable(
            "PRUNE_HERE_MOST", .prune, .number(0...100), standard: "2", example: "1",
            "How often somebody may say so before they watch something."),
        Variable(
            "PRUNE_HOLD_DAYS", .prune, .number(1...365), standard: "30", example: "60",
            "Days that an admin's Hold gives."),
        Variable(
            "PRUNE_PAUSE_DAYS", .prune, .number(1...365), standard: "90", example: "30",
            "The longest holiday that can be announced at once."),
        Variable(
            "PRUNE_FORGET_DAYS", .prune, .number(0...3650), standard: "0", example: "365",
            "Days after which the names of people who left are taken out of the ledger; 0: never."),
        Variable(
            "PRUNE_DELETE_TAUTULLI", .prune, .flag, standard: "false", example: "false",
            "Whether a removal also deletes the person from Tautulli. All their history is lost for good, and what they "
                + "watched before they come back no longer protects them. Leave it off."),
        Variable(
            "ADMIN_EMAIL", .prune, .text, example: "robin@example.org",
            "Where notices to the admins go by mail; who has this address is never pruned."),
        Variable(
            "VIP_NAMES", .prune, .text, example: "ann,bo@example.org,4100007",
            "People who are never pruned: usernames, addresses or plex.tv ids, with commas."),
        Variable(
            "VIP_ROLES", .prune, .ids, example: "1180000000000000012",
            "Discord roles whose members are never pruned, as far as they are linked."),
    ]
}
