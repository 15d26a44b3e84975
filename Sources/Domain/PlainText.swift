// Prose and reports without any markup, for logs and terminals. Times are seconds since 1970: who reads a log has the
// line's own time beside it, and a calendar is not this room's business.

internal import Runtime

extension Prose {
    package var plainText: String {
        parts.map { part in
            switch part {
            case .words(let text), .text(let text), .strong(let text), .code(let text), .block(let text): text
            case .time(let instant, _): "@\(instant.seconds)"
            case .link(let text, let url): "\(text) (\(url))"
            case .person(_, let name): name
            case .channel(let id): "#\(id)"
            }
        }.joined()
    }
}

extension Report {
    package var plainText: String {
        ([title.plainText] + lines.map(\.plainText) + fields.map { "\($0.name.plainText): \($0.value.plainText)" })
            .filter { !$0.isEmpty }.joined(separator: "; ")
    }
}
