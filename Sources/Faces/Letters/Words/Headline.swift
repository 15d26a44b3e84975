// The one thing an issue is opened for: its headline, and the subject made of it. The same facts always give the same.

internal import Domain
internal import Newsletter

struct Headline {
    /// A sentence without its stop: "Three of you watched Northern Line".
    let text: String
    let subject: String

    private static let mostTitle = 44
    /// What a phone shows of a subject, and a little.
    private static let mostSubject = 78

    init(_ issue: IssueFacts) {
        text = Self.fact(issue)
        let server = Shown.text(issue.serverName, most: 28, orElse: "Plex")
        subject = Shown.cut("\(server): \(text)", to: Self.mostSubject)
    }

    private static func fact(_ issue: IssueFacts) -> String {
        let new = (issue.added.known ?? []).flatMap { $0.items.known ?? [] }
        if let shared = issue.shared.first, shared.people.count >= 3 {
            let verb = shared.title.kind == .artist ? "listened to" : "watched"
            let people = Numbers.inWords(shared.people.count)
            return "\(people.prefix(1).uppercased())\(people.dropFirst()) of you \(verb) \(title(shared.title.name))"
        }
        if let first = new.first(where: { !$0.summary.isEmpty }) ?? new.first {
            guard new.count > 1 else { return "\(title(first.name)) is new" }
            return "\(title(first.name)) and \(Numbers.inWords(new.count - 1)) more are new"
        }
        if let top = issue.longest.first { return "\(title(top.title.name)) was the \(issue.period.word)’s favourite" }
        if issue.totals.plays.now > 0 {
            return "\(Numbers.count(issue.totals.plays.now, "play")) this \(issue.period.word)"
        }
        return "A quiet \(issue.period.word)"
    }

    private static func title(_ name: String) -> String { Shown.text(name, most: mostTitle) }
}
