// What an owner is asked at the beginning, service by service, with where each answer is found and how it is tested at once.
// The terminal and the setup page ask the same questions from here.

internal import HTTP
internal import Mail
internal import Runtime

struct SetupQuestion: Sendable {
    let variable: String
    /// What is asked, in a few words.
    let label: String
    /// Where the answer is found.
    let help: String

    init(_ variable: String, _ label: String, _ help: String) {
        self.variable = variable
        self.label = label
        self.help = help
    }

    var isSecret: Bool { Variable.named(variable)?.isSecret ?? true }
    var example: String { Variable.named(variable)?.example ?? "" }
}

struct SetupStep: Sendable {
    /// What those steps are about that few need.
    enum Topic: String, Sendable, CaseIterable {
        case films = "Films to keep"
        case knowledge = "Series and music"
        case letters = "The newsletter"
        case notices = "Notices on your telephone"
    }

    /// In addresses: "discord".
    let id: String
    let name: String
    let why: String
    /// Nothing works without it.
    let isNeeded: Bool
    /// Nil: everybody is asked.
    let topic: Topic?
    let questions: [SetupQuestion]
    /// What else its test has to know.
    let besides: [String]
    /// Nil: there is nothing to ask anybody.
    let look: (@Sendable (Configuration, HTTPClient) async -> [Check.Line])?

    init(
        _ id: String, _ name: String, needed isNeeded: Bool = false, topic: Topic? = nil, _ why: String,
        _ questions: [SetupQuestion], besides: [String] = [],
        look: (@Sendable (Configuration, HTTPClient) async -> [Check.Line])? = nil
    ) {
        self.id = id
        self.name = name
        self.why = why
        self.isNeeded = isNeeded
        self.topic = topic
        self.questions = questions
        self.besides = besides
        self.look = look
    }

    init(
        _ id: String, _ service: Service, topic: Topic? = nil, _ why: String, _ questions: [SetupQuestion]
    ) {
        self.init(id, service.name, topic: topic, why, questions) { settings, http in
            guard let finding = await service.look(with: settings, http: http) else { return [] }
            return [Check.Line(state: finding.isFine ? .ok : .wrong, name: service.name, text: finding.text)]
        }
    }
}

extension SetupStep {
    static let all = first + more

    /// Asked of everybody.
    static let first: [SetupStep] = [
        SetupStep(
            "discord", "Discord", needed: true,
            "Where people talk to Autoplex. Make an application for it once, and invite its bot to your server.",
            [
                SetupQuestion(
                    "DISCORD_TOKEN", "The bot's token",
                    "https://discord.com/developers/applications → New Application → Bot → Reset Token. On that page turn "
                        + "Message Content Intent on."),
                SetupQuestion(
                    "DISCORD_ADMIN_CHANNEL", "The admins' channel",
                    "A channel that only you read. Discord → Settings → Advanced → Developer Mode, then right-click the "
                        + "channel → Copy Channel ID. The bot must be in your server already."),
            ]
        ) { settings, http in await Check.discord(settings, http: http, clock: SystemClock()) },
        SetupStep(
            "plex", .plex, "The server itself: its libraries, its people, what plays just now.",
            [
                SetupQuestion("PLEX_URL", "Plex's address", "As you reach it from here, with its port, 32400."),
                SetupQuestion(
                    "PLEX_TOKEN", "The owner's token",
                    "In Plex Web open any film → ⋯ → Get Info → View XML: it is at the end of that page's address, after "
                        + "X-Plex-Token="),
            ]),
        SetupStep(
            "tautulli", .tautulli, "The history: what was watched, by whom and when. Newsletter and prune read it.",
            [
                SetupQuestion("TAUTULLI_URL", "Tautulli's address", "With its port, mostly 8181."),
                SetupQuestion("TAUTULLI_API_KEY", "Its API key", "Tautulli → Settings → Web Interface → API key."),
            ]),
        SetupStep(
            "mail", "Mail", "For the newsletter, letters of welcome, and warnings. Nothing is sent until you say so.",
            [
                SetupQuestion(
                    "SMTP_URL", "The mail server, in one line",
                    "smtps://user:password@host:465, or smtp://…:587. For Gmail: user and an app password (Google Account → "
                        + "Security → 2-Step Verification → App passwords), host smtp.gmail.com; write @ in a name as %40."
                ),
                SetupQuestion("EMAIL_FROM", "The sender's address", "What people see as the sender of their letters."),
            ]
        ) { settings, _ in
            guard let server = settings.mail?.server else { return [] }
            let finding = await Service.look(at: server)
            return [Check.Line(state: finding.isFine ? .ok : .wrong, name: "Mail", text: finding.text)]
        },
        SetupStep(
            "place", "This house", "How people reach Autoplex, and what time it is where they live.",
            [
                SetupQuestion("TZ", "Time zone", "Such as Europe/Berlin or America/New_York."),
                SetupQuestion(
                    "PUBLIC_URL", "Address from outside",
                    "For the links in letters, where a reverse proxy leads to Autoplex. Leave it empty if there is none."
                ),
            ]),
    ]

    /// What may hurt stays off until the owner turns it on: written down, so that it is seen.
    static let safe = [("DRY_RUN", "true"), ("PRUNE", "off"), ("DOWNLOADS", "off")]
}
