// A successful answer's `MediaContainer`. That it is one is checked first: Plex and the proxies before it say many things
// with status 200, and a page of HTML must not read as an empty library.

internal import HTTP

struct PlexAnswer {
    let container: JSONNode
    let what: String
    private let headers: HTTPHeaders

    init(_ response: HTTPResponse, to call: PlexCall) throws(PlexError) {
        let body = response.body
        let document: JSONDocument
        do throws(JSONDamage) { document = try JSONDocument(body) } catch {
            throw .unreadable("\(call.what): \(Self.description(of: body, damage: error))")
        }
        guard let container = document.root["MediaContainer"], container.kind == .object else {
            throw .unreadable("\(call.what): JSON without a MediaContainer: is PLEX_URL a Plex server?")
        }
        self.container = container
        what = call.what
        headers = response.headers
    }

    private static func description(of body: [UInt8], damage: JSONDamage) -> String {
        switch body.first {
        case nil: "the answer was empty"
        case UInt8(ascii: "<"): "a page of XML or HTML instead of JSON: is PLEX_URL a Plex server?"
        default: "not JSON at byte \(damage.position) of \(body.count)"
        }
    }

    /// Where this page begins, as the server says.
    var offset: Int? { container["offset"]?.int ?? headers["X-Plex-Container-Start"].flatMap { Int($0) } }
    var size: Int? { container["size"]?.int }
    var totalSize: Int? {
        container["totalSize"]?.int ?? headers["X-Plex-Container-Total-Size"].flatMap { Int($0) }
    }

    /// The rows under `name`, each read by `read`; nil: that is no row. One that cannot be read fails them all, saying
    /// which and why: a list that silently lacks a row would read as "that one is gone".
    func rows<Row>(
        _ name: String, _ read: (JSONNode) throws(Unreadable) -> Row?
    ) throws(PlexError) -> [Row] {
        var rows: [Row] = []
        for outcome in try outcomes(name, read) {
            switch outcome {
            case .row(let row): rows.append(row)
            case .nothing: break
            case .unreadable(let why): throw .unreadable(why)
            }
        }
        return rows
    }

    /// The same, for callers that go on past a broken row and tell of it.
    func outcomes<Row>(
        _ name: String, _ read: (JSONNode) throws(Unreadable) -> Row?
    ) throws(PlexError) -> [PlexRow<Row>] {
        let nodes = container.list(name)
        // `size` counts what should be there: fewer are half an answer, which happens to be well-formed.
        if let size, nodes.count < size {
            throw .incomplete("\(what): \(nodes.count) rows where \(size) were announced")
        }
        var rows: [PlexRow<Row>] = []
        rows.reserveCapacity(nodes.count)
        for (index, node) in nodes.enumerated() {
            do throws(Unreadable) { rows.append(try read(node).map(PlexRow.row) ?? .nothing) } catch {
                rows.append(.unreadable("\(what): row \(index + 1) of \(nodes.count) \(error.why)"))
            }
        }
        return rows
    }
}

/// What one element of a list came to.
enum PlexRow<Row> {
    case row(Row)
    /// Something that stands among the rows and is none.
    case nothing
    case unreadable(String)
}

/// What a row lacks that it cannot exist without.
struct Unreadable: Error {
    let why: String
}

extension JSONNode {
    func needed(_ name: String) throws(Unreadable) -> String {
        guard let text = self[name]?.text, !text.isEmpty else { throw Unreadable(why: "has no \(name)") }
        return text
    }

    func text(_ name: String) -> String { self[name]?.text ?? "" }
}
