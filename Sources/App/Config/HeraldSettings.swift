// Where notices go besides the admin channel, and which.

internal import Heralds
internal import Runtime

/// What a notice is about; the words stand in NOTIFY_EVENTS.
enum NoticeEvent: String, Sendable, CaseIterable {
    /// The program began, and what it found half done.
    case start
    /// A service went down or came back.
    case service
    /// A job failed, or works again.
    case failure
    /// An admin is asked something.
    case approval
    case people
    case newsletter
    case prune
    case downloads
    case tracker
    /// What any other job has to say.
    case job
    /// There is a newer version.
    case update

    /// Of a job's report, by the job's name.
    init(job name: String) {
        let first = String(name.prefix { $0 != "-" })
        self = first == "services" ? .service : NoticeEvent(rawValue: first) ?? .job
    }
}

struct HeraldSettings: Sendable {
    var heralds: [Herald]
    /// By event the names of those who carry it.
    var routes: [NoticeEvent: Set<String>]

    init(_ text: (String) -> String, _ secret: (String) -> Secret?, _ problems: inout [ConfigProblem]) {
        heralds = []
        if let address = secret("NOTIFY_DISCORD_WEBHOOK") { heralds.append(Herald(.discord(address))) }
        if let address = secret("NOTIFY_NTFY_URL") {
            heralds.append(Herald(.ntfy(address, token: secret("NOTIFY_NTFY_TOKEN"))))
        }
        switch (secret("NOTIFY_GOTIFY_URL"), secret("NOTIFY_GOTIFY_TOKEN")) {
        case (let address?, let token?): heralds.append(Herald(.gotify(address, token: token)))
        case (_?, nil): problems.append(ConfigProblem("NOTIFY_GOTIFY_TOKEN", "not set, though NOTIFY_GOTIFY_URL is"))
        case (nil, _?): problems.append(ConfigProblem("NOTIFY_GOTIFY_URL", "not set, though NOTIFY_GOTIFY_TOKEN is"))
        case (nil, nil): break
        }
        if let address = secret("NOTIFY_APPRISE_URL") { heralds.append(Herald(.apprise(address))) }
        if let address = secret("NOTIFY_WEBHOOK_URL") {
            heralds.append(Herald(.webhook(address, token: secret("NOTIFY_WEBHOOK_TOKEN"))))
        }
        for name in Self.addresses {
            guard let address = secret(name)?.reveal() else { continue }
            guard address.hasPrefix("https://") || address.hasPrefix("http://") else {
                problems.append(ConfigProblem(name, "it begins with neither https:// nor http://"))
                continue
            }
        }
        let everybody = Set(heralds.map(\.name))
        do throws(Mistake) { routes = try Self.routes(text("NOTIFY_EVENTS"), among: everybody) } catch {
            problems.append(ConfigProblem("NOTIFY_EVENTS", error.words))
            routes = [:]
        }
    }

    private static let addresses = [
        "NOTIFY_DISCORD_WEBHOOK", "NOTIFY_NTFY_URL", "NOTIFY_GOTIFY_URL", "NOTIFY_APPRISE_URL", "NOTIFY_WEBHOOK_URL",
    ]

    struct Mistake: Error { let words: String }

    /// "approval, service=ntfy+gotify, *=webhook": an event alone goes to all; `*` is every event not named.
    static func routes(
        _ text: String, among everybody: Set<String>
    ) throws(Mistake) -> [NoticeEvent: Set<String>] {
        var routes: [NoticeEvent: Set<String>] = [:]
        var others: Set<String> = []
        for part in text.split(separator: ",") {
            let halves = part.split(separator: "=", maxSplits: 1).map { Substring($0).trimmingBlanks() }
            guard let event = halves.first, !event.isEmpty else { continue }
            var names = everybody
            if halves.count == 2 {
                names = Set(halves[1].split(separator: "+").map { $0.trimmingBlanks().lowercased() })
                let known = ["discord", "ntfy", "gotify", "apprise", "webhook", "none"]
                if let stranger = names.first(where: { !known.contains($0) }) {
                    throw Mistake(words: "\"\(stranger)\" is none of \(known.joined(separator: ", "))")
                }
                names.remove("none")
            }
            if event == "*" {
                others = names
            } else if let event = NoticeEvent(rawValue: event.lowercased()) {
                routes[event] = names
            } else {
                let known = NoticeEvent.allCases.map(\.rawValue).joined(separator: ", ")
                throw Mistake(words: "\"\(event)\" is none of \(known)")
            }
        }
        for event in NoticeEvent.allCases where routes[event] == nil { routes[event] = others }
        return routes
    }
}
