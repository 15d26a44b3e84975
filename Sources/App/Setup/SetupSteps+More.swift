// What an owner is asked of only when they want more than the beginning: films to keep, catalogues, the newsletter's helpers,
// and notices on a telephone. Each is tested as the others are; a way for notices by one that says hello.

internal import HTTP
internal import Heralds
internal import Mail
internal import Runtime

extension SetupStep {
    static let more: [SetupStep] = films + knowledge + letters + notices

    private static let films: [SetupStep] = [
        SetupStep(
            "jellyfin", .jellyfin, topic: .films, "For people who watch there, and for smart downloads.",
            [
                SetupQuestion("JELLYFIN_URL", "Jellyfin's address", "With its port, mostly 8096."),
                SetupQuestion("JELLYFIN_API_KEY", "An API key", "Jellyfin → Dashboard → API Keys → +."),
            ]),
        SetupStep(
            "jellystat", .jellystat, topic: .films,
            "Knows what was played in Jellyfin, and how often: a film watched twice may be worth keeping.",
            [
                SetupQuestion("JELLYSTAT_URL", "Jellystat's address", "With its port, mostly 3000."),
                SetupQuestion("JELLYSTAT_API_KEY", "Its API key", "Jellystat → Settings → API Key → add one."),
            ]),
        radarr(
            "radarr", "Radarr", "RADARR",
            "Finds and fetches films that the download rules choose. Nothing is fetched until you say so.", port: 7878),
        radarr(
            "radarr-2", "A second Radarr", "RADARR_2",
            "Such as one for 4K. There may be up to nine, RADARR_3_URL and so on in the settings.", port: 7879,
            [
                SetupQuestion(
                    "RADARR_2_NAME", "What to call it", "In answers, to tell it from the first: Radarr 4K, for example."
                )
            ]),
        SetupStep(
            "prowlarr", .prowlarr, topic: .films,
            "Knows what indexers offer of a film, before Radarr is asked to fetch it.",
            [
                SetupQuestion("PROWLARR_URL", "Prowlarr's address", "With its port, mostly 9696."),
                SetupQuestion("PROWLARR_API_KEY", "Its API key", "Prowlarr → Settings → General → API Key."),
            ]),
    ]

    private static func radarr(
        _ id: String, _ name: String, _ prefix: String, _ why: String, port: Int, _ others: [SetupQuestion] = []
    ) -> SetupStep {
        SetupStep(
            id, name, topic: .films, why,
            [
                SetupQuestion("\(prefix)_URL", "\(name)'s address", "With its port, mostly \(port)."),
                SetupQuestion("\(prefix)_API_KEY", "Its API key", "Radarr → Settings → General → API Key."),
            ] + others
        ) { settings, http in
            guard let radarr = Service.radarrs(of: settings).first(where: { $0.isConfigured(settings) }),
                let finding = await radarr.look(with: settings, http: http)
            else { return [] }
            return [Check.Line(state: finding.isFine ? .ok : .wrong, name: radarr.name, text: finding.text)]
        }
    }

    private static let knowledge: [SetupStep] = [
        SetupStep(
            "tmdb", .tmdb, topic: .knowledge,
            "Knows series and their episodes, for the tracker. Without it TVmaze is asked, which needs no key.",
            [
                SetupQuestion(
                    "TMDB_API_KEY", "A key of TMDB",
                    "themoviedb.org → Settings → API: the key or the read access token.")
            ]),
        SetupStep(
            "musicbrainz", .musicBrainz, topic: .knowledge,
            "Knows what an artist has made, and who plays on it. It needs no key, but likes to know whom to write to.",
            [
                SetupQuestion(
                    "MUSICBRAINZ_USER_AGENT", "Who is asking",
                    "A name and how to reach you, such as my-autoplex/1.0 ( me@example.org ). Nobody else is told."),
                SetupQuestion(
                    "MUSICBRAINZ_URL", "A mirror of your own",
                    "Only if you run one: musicbrainz-docker, mostly with port 5000. Without it musicbrainz.org is asked."
                ),
            ]),
        SetupStep(
            "discogs", .discogs, topic: .knowledge, "A second source of who plays on an album.",
            [
                SetupQuestion(
                    "DISCOGS_TOKEN", "A personal access token",
                    "discogs.com → Settings → Developers → Generate new token.")
            ]),
    ]

    private static let letters: [SetupStep] = [
        SetupStep(
            "mailbox", "The sender's mailbox", topic: .letters,
            "Whoever answers the newsletter with “unsubscribe” is heard, if it is read. Nothing in it is deleted.",
            [
                SetupQuestion(
                    "NEWSLETTER_MAILBOX_URL", "The mailbox, in one line",
                    "imaps://user:password@host; for Gmail imaps://imap.gmail.com is enough, with the login for sending."
                )
            ],
            besides: [
                "SMTP_URL", "SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "EMAIL_ADDRESS",
                "EMAIL_APP_PASSWORD", "EMAIL_FROM",
            ]
        ) { settings, _ in
            guard let box = settings.letterBox else { return [] }
            let name = "Mailbox"
            do throws(MailError) {
                try await box.ping()
                return [Check.Line(state: .ok, name: name, text: "opens")]
            } catch { return [Check.Line(state: .wrong, name: name, text: "\(error)")] }
        },
        SetupStep(
            "ai", "A model", topic: .letters,
            "Writes an introduction to each newsletter, and paints its banner. At home (Ollama, LocalAI …) or not.",
            [
                SetupQuestion(
                    "AI_BASE_URL", "The endpoint's address",
                    "One that speaks OpenAI's API: http://…:11434/v1 of Ollama, https://api.openai.com/v1."),
                SetupQuestion(
                    "AI_API_KEY", "Its key",
                    "For OpenAI: platform.openai.com → API keys. Servers at home mostly need none; then leave it empty."
                ),
                SetupQuestion(
                    "AI_TEXT_MODEL", "The model that writes",
                    "Its name as that server says it, such as llama3.2. Empty: nothing is written."),
                SetupQuestion(
                    "AI_IMAGE_MODEL", "The model that paints",
                    "Likewise, such as gpt-image-1. Empty: nothing is painted."),
            ]
        ) { settings, http in
            guard let finding = await Service.model.look(with: settings, http: http) else { return [] }
            return [Check.Line(state: finding.isFine ? .ok : .wrong, name: "AI", text: finding.text)]
        },
    ]

    private static let notices: [SetupStep] = [
        notice(
            "ntfy", "ntfy", "Free and without an account at ntfy.sh, or on a server of yours: pushes to the app ntfy.",
            [
                SetupQuestion(
                    "NOTIFY_NTFY_URL", "The server with a topic",
                    "Make up a topic that nobody guesses and subscribe to it in the app: https://ntfy.sh/that-topic."),
                SetupQuestion(
                    "NOTIFY_NTFY_TOKEN", "An access token",
                    "Only where the topic is closed: ntfy → Account → Access tokens. Leave it empty otherwise."),
            ]),
        notice(
            "gotify", "Gotify", "A server of yours that pushes to its own app.",
            [
                SetupQuestion("NOTIFY_GOTIFY_URL", "Gotify's address", "As you open it in the browser."),
                SetupQuestion(
                    "NOTIFY_GOTIFY_TOKEN", "An application's token", "Gotify → Apps → Create Application: its token."),
            ]),
        notice(
            "apprise", "Apprise", "An Apprise API passes notices on to a hundred other services.",
            [
                SetupQuestion(
                    "NOTIFY_APPRISE_URL", "Its address with a key",
                    "http://…:8000/notify/KEY, with the key under which you have saved your services there.")
            ]),
        notice(
            "discord-webhook", "A Discord webhook", "Notices in a channel of any Discord server, without a bot there.",
            [
                SetupQuestion(
                    "NOTIFY_DISCORD_WEBHOOK", "The webhook's address",
                    "Discord → the channel's settings → Integrations → Webhooks → New Webhook → Copy Webhook URL.")
            ]),
        notice(
            "webhook", "A webhook of your own", "Anything else that takes JSON by POST: Home Assistant, n8n, a script.",
            [
                SetupQuestion(
                    "NOTIFY_WEBHOOK_URL", "Its address", "It is sent event, weight, title, text, at and link."),
                SetupQuestion(
                    "NOTIFY_WEBHOOK_TOKEN", "A token", "Sent along as Authorization: Bearer. Leave it empty for none."),
            ]),
    ]

    private static func notice(_ id: String, _ name: String, _ why: String, _ questions: [SetupQuestion]) -> SetupStep {
        SetupStep(id, name, topic: .notices, why, questions) { settings, http in
            var lines: [Check.Line] = []
            for herald in settings.notices.heralds {
                do throws(HeraldError) {
                    try await herald.carry(.hello(at: SystemClock().now), by: http, clock: SystemClock())
                    lines.append(
                        Check.Line(state: .ok, name: name, text: "took a notice that says hello: has it come?"))
                } catch { lines.append(Check.Line(state: .wrong, name: name, text: "\(error)")) }
            }
            return lines
        }
    }
}
