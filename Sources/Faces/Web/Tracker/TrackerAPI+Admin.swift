// What is everybody's: which show is which, and what is not known yet.

internal import LooseJSON
internal import Sockets
internal import Tracker

extension TrackerAPI {
    func mappings(_ call: Call) async throws -> ServerResponse {
        let all = try await tracker.mappings.all()
        var titles: [Int64: String] = [:]
        for mapping in all where titles[mapping.show] == nil {
            titles[mapping.show] = try await tracker.catalogue.show(mapping.show)?.title ?? ""
        }
        return .json(
            .fields([
                "mappings": .list(
                    all.map { mapping in
                        .fields([
                            "id": .whole(mapping.id), "title": .text(mapping.title), "server": .text(mapping.server),
                            "guid": .text(mapping.guid), "show": .whole(mapping.show),
                            "show_title": .text(titles[mapping.show] ?? ""), "said_by": .text(mapping.saidBy),
                            "confidence": .thousandths(mapping.confidence.thousandths), "why": .text(mapping.why),
                            "at": .time(mapping.at), "undone_at": mapping.undoneAt.map { .time($0) },
                            "undone_by": mapping.undoneBy.isEmpty ? nil : .text(mapping.undoneBy),
                        ])
                    })
            ]))
    }

    func unmap(_ call: Call) async throws -> ServerResponse {
        let answer = try await tracker.unmap(try call.id(), by: call.actor)
        guard answer.isDone else { throw Fault(404, answer.report.sentence) }
        return .json(.fields(["done": .claim(true), "message": .text(answer.report.sentence)]))
    }

    func conflicts(_ call: Call) async throws -> ServerResponse {
        let word = call.request.queryValue("state") ?? "open"
        guard let state = TrackerConflict.State(rawValue: word) else {
            throw Fault(400, "state is open, solved or ignored")
        }
        let all = try await tracker.conflicts.all(state, most: 500)
        return .json(.fields(["conflicts": .list(all.map { .conflict($0) })]))
    }

    func conflict(_ call: Call) async throws -> ServerResponse {
        guard let conflict = try await tracker.conflicts.one(try call.id()) else {
            throw Fault(404, "there is no such question")
        }
        return .json(.conflict(conflict))
    }

    /// `{"action": "choose", "candidate": 0}`, `{"action": "choose", "show": 7}`, `{"action": "create"}` or
    /// `{"action": "ignore"}`.
    func resolve(_ call: Call) async throws -> ServerResponse {
        let id = try call.id()
        guard let before = try await tracker.conflicts.one(id) else { throw Fault(404, "there is no such question") }
        if before.state == .solved { throw Fault(409, "somebody has answered it already") }
        let json = try call.json()
        let answer: TrackerAnswer
        switch json.text("action") {
        case "choose":
            if let show = json.whole("show"), show > 0 {
                answer = try await tracker.map(conflict: id, to: Int64(show), by: call.actor)
            } else if let place = json.whole("candidate"), before.candidates.indices.contains(place) {
                answer = try await tracker.answer(id, "pick:\(place)", by: call.actor)
            } else {
                throw Fault(400, "give candidate, from 0 to \(max(0, before.candidates.count - 1)), or show")
            }
        case "create": answer = try await tracker.answer(id, "new", by: call.actor)
        case "ignore": answer = try await tracker.answer(id, "ignore", by: call.actor)
        default: throw Fault(400, "action is choose, create or ignore")
        }
        guard answer.isDone else { throw Fault(409, answer.report.sentence) }
        return .json(.fields(["done": .claim(true), "message": .text(answer.report.sentence)]))
    }
}
