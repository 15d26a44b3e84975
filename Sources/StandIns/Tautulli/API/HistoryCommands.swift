// get_history and delete_history (sheet §3), quirks included: the running streams mixed in unless told not to, the last row
// missing for length −1, the two kinds of nothing.

import Runtime

extension TautulliAPI {
    static let historyCommands: [String: Command] = [
        "get_history": { api, visit throws(TautulliRefusal) in try api.history(visit) },
        "delete_history": { api, visit throws(TautulliRefusal) in
            guard let ids = visit.list("row_ids") else { throw .refused("No row ids received.") }
            api.book.deleteRows { ids.contains(String($0.id)) }
            return .data([:], message: "Deleted history.")
        },
    ]

    /// A line of the answer: one play, several of one sitting, or a running stream.
    struct Line {
        var rows: [TautulliRow]
        var stream: HouseholdWorld.Stream?
        var subject: TautulliSubject
        var userID: Int
        var date: Int
        var started: Int
        var stopped: Int
        var device: HouseholdWorld.Device
    }

    private func history(_ visit: Visit) throws(TautulliRefusal) -> TautulliOutcome {
        let start = try visit.number("start", or: 0)
        let length = try visit.number("length", or: 25)
        let nothing: JSON = [
            "recordsFiltered": 0, "recordsTotal": 0, "data": [], "draw": 0, "filter_duration": "0",
            "total_duration": "0",
        ]
        guard rules.databaseWorks else { return .data(nothing) }
        // First the cheap question: of many people's rows, one's are few.
        let people = visit.list("user_id").map { Set($0.compactMap { Int($0) }) }
        let found = book.rows.filter { row in people?.contains(row.userID) ?? true && fits(row, visit) }
        var lines: [Line] = []
        if visit.isSet("grouping", or: rules.groupsHistory) {
            var places: [Int: Int] = [:]
            for row in found {
                if let place = places[row.reference] {
                    lines[place].add(row)
                } else {
                    places[row.reference] = lines.count
                    lines.append(Line(row))
                }
            }
        } else {
            lines = found.map(Line.init)
        }
        if visit.isSet("include_activity", or: rules.includesActivity) { lines += runningLines(visit) }
        if let wanted = visit.filled("search")?.lowercased() {
            lines = lines.filter { line in searched(line).contains { $0.lowercased().contains(wanted) } }
        }
        sort(&lines, by: visit["order_column"] ?? "date", isDescending: visit["order_dir"] != "asc")
        let page = Self.page(lines, start: start, length: length)
        let filtered = page.reduce(0) { $0 + $1.played }
        return .data([
            "recordsFiltered": .number(lines.count), "recordsTotal": .number(book.rows.count),
            "data": .array(page.map { json($0) }), "draw": 1,
            "filter_duration": .string(Self.humanDuration(filtered)),
            "total_duration": .string(Self.humanDuration(found.reduce(0) { $0 + $1.played })),
        ])
    }

    /// As Python cuts a list: a negative end counts from behind, and a negative start too, which lies after such an end.
    static func page<Line>(_ lines: [Line], start: Int, length: Int) -> [Line] {
        let (begin, end) = (start, start + length)
        func place(_ index: Int) -> Int { max(0, min(lines.count, index < 0 ? lines.count + index : index)) }
        guard start >= 0, place(begin) < place(end) else { return [] }
        return Array(lines[place(begin)..<place(end)])
    }

    private func fits(_ row: TautulliRow, _ visit: Visit) -> Bool {
        func fits(_ name: String, _ value: Int?) -> Bool {
            guard let list = visit.list(name) else { return true }
            return value.map { list.contains(String($0)) } ?? false
        }
        func isIn(_ name: String, _ value: String) -> Bool {
            guard let list = visit.list(name), !list.contains("all") else { return true }
            return list.contains(value)
        }
        let subject = row.item
        if visit.filled("user_id") != nil {
            guard fits("user_id", row.userID) else { return false }
        } else if !isIn("user", row.username) {
            return false
        }
        guard fits("rating_key", subject.item.ratingKey), fits("parent_rating_key", subject.parentKey),
            fits("grandparent_rating_key", subject.grandparentKey), fits("section_id", subject.item.section),
            fits("reference_id", row.reference), isIn("media_type", subject.mediaType),
            isIn("transcode_decision", row.decision.rawValue)
        else { return false }
        if let guid = visit.filled("guid")?.split(separator: "?").first, !subject.item.guid.hasPrefix(guid) {
            return false
        }
        let day = visit.list("start_date") != nil || visit["after"] != nil || visit["before"] != nil ? day(row) : ""
        if let days = visit.list("start_date"), !days.contains(day) { return false }
        // Compared as text, whatever it says.
        if let after = visit.filled("after"), day < after { return false }
        if let before = visit.filled("before"), day > before { return false }
        return true
    }

    private func day(_ row: TautulliRow) -> String { Self.day(row.started, in: rules.zone) }

    static func day(_ seconds: Int, in zone: LocalTime) -> String {
        let wall = zone.parts(of: Instant(seconds: Int64(seconds))).wall
        return "\(wall.year.padded(4))-\(wall.month.padded(2))-\(wall.day.padded(2))"
    }

    /// The running ones, which the filters for stored plays hardly touch: a person, a type, an item.
    private func runningLines(_ visit: Visit) -> [Line] {
        guard !rules.plexIsDown else { return [] }
        return visit.world.streams.compactMap { runningLine($0, visit) }
    }

    /// Not inlined: in a loop with itself, Swift 6.3.1's optimiser (CopyPropagation) crashes on it.
    @inline(never)
    private func runningLine(_ stream: HouseholdWorld.Stream, _ visit: Visit) -> Line? {
        guard let item = visit.world.items[stream.ratingKey] else { return nil }
        let subject = TautulliSubject(item, in: visit.world)
        guard isAsked(stream, item.ratingKey, subject, visit) else { return nil }
        let started = Int(stream.started.seconds)
        return Line(
            rows: [], stream: stream, subject: subject, userID: stream.person, date: started, started: started,
            stopped: Int(visit.now.seconds), device: stream.device)
    }

    /// Apart from runningLine: in one function with it, Swift 6.3.1's optimiser crashes.
    private func isAsked(
        _ stream: HouseholdWorld.Stream, _ key: Int, _ subject: TautulliSubject, _ visit: Visit
    ) -> Bool {
        if let users = visit.list("user_id"), !users.contains(String(stream.person)) { return false }
        if let types = visit.list("media_type"), !types.contains(subject.mediaType) { return false }
        if let keys = visit.list("rating_key"), !keys.contains(String(key)) { return false }
        guard let keys = visit.list("grandparent_rating_key") else { return true }
        return keys.contains(subject.grandparentKey.map { String($0) } ?? "")
    }

    private func searched(_ line: Line) -> [String] {
        [
            book.user(line.userID)?.shownName ?? "", line.device.address, line.device.platform, line.device.product,
            line.device.name, line.subject.fullTitle,
        ]
    }

    private func sort(_ lines: inout [Line], by column: String, isDescending: Bool) {
        func sort<Key: Comparable>(_ key: (Line) -> Key) {
            let keyed = lines.enumerated().map { (key: key($1), place: $0, line: $1) }
            // Equal ones stay in the order they were written.
            lines = keyed.sorted { a, b in
                if a.key == b.key { return a.place < b.place }
                return isDescending ? b.key < a.key : a.key < b.key
            }.map(\.line)
        }
        switch column {
        case "date": sort { $0.date }
        case "started": sort { $0.started }
        case "stopped": sort { $0.stopped }
        case "duration": sort { $0.played }
        case "paused_counter": sort { $0.paused }
        case "friendly_name": sort { book.user($0.userID)?.shownName ?? "" }
        case "ip_address": sort { $0.device.address }
        case "platform": sort { $0.device.platform }
        case "product": sort { $0.device.product }
        case "player": sort { $0.device.name }
        case "full_title": sort { $0.subject.fullTitle }
        default: break
        }
    }

    private func json(_ line: Line) -> JSON {
        let (subject, last) = (line.subject, line.rows.last)
        let user = book.user(line.userID)
        let isLocal = line.stream?.isLocal ?? last?.isLocal ?? true
        let percent = line.percent
        let json: JSON = [
            "reference_id": .numberOrNull(last?.reference), "row_id": .numberOrNull(last?.id),
            "id": .numberOrNull(last?.id), "date": .number(line.date), "started": .number(line.started),
            "stopped": .number(line.stopped), "duration": .number(line.played), "play_duration": .number(line.played),
            "paused_counter": .number(line.paused), "user_id": .number(line.userID),
            "user": .string(last?.username ?? user?.username ?? ""), "friendly_name": .string(user?.shownName ?? ""),
            "user_thumb": .string(user.map(Self.thumb) ?? ""), "platform": .string(line.device.platform),
            "product": .string(line.device.product), "player": .string(line.device.name),
            "ip_address": .string(line.device.address), "live": 0, "machine_id": .string(line.device.machine),
            "location": isLocal ? "lan" : "wan",
        ]
        let more: JSON = [
            "secure": 1, "relayed": .claim(line.stream?.isRelayed ?? false), "media_type": .string(subject.mediaType),
            "rating_key": .number(subject.item.ratingKey), "parent_rating_key": .numberOrEmpty(subject.parentKey),
            "grandparent_rating_key": .numberOrEmpty(subject.grandparentKey),
            "full_title": .string(subject.fullTitle), "title": .string(subject.item.title),
            "parent_title": .string(subject.parent?.title ?? ""), "grandparent_title": .string(subject.artist),
            "original_title": .string(subject.item.originalTitle), "year": .numberOrEmpty(subject.year),
            "media_index": .numberOrEmpty(subject.item.index),
            "parent_media_index": .numberOrEmpty(subject.parentIndex), "thumb": .string(subject.historyThumb),
            "originally_available_at": .string(subject.released), "guid": .string(subject.item.guid),
            "transcode_decision": .string(
                (line.stream.map { Self.decision($0.quality) } ?? last?.decision ?? .directPlay).rawValue),
            "percent_complete": .number(percent), "watched_status": watchedStatus(percent),
            "group_count": .numberOrNull(last == nil ? nil : line.rows.count),
            "group_ids": last == nil ? .null : .string(line.rows.map { String($0.id) }.joined(separator: ",")),
            "state": .text(line.stream?.state), "session_key": .numberOrNull(line.stream?.sessionKey),
        ]
        // No name twice: put together rather than looked up.
        return .object(JSON.Fields((json.fields?.members ?? []) + (more.fields?.members ?? [])))
    }

    /// Quarters of the way to "watched": 0.5 in JSON, but 0 and 1 without a point.
    private func watchedStatus(_ percent: Int) -> JSON {
        let quarter = Double(rules.watchedPercent) / 4
        switch Double(percent) {
        case (quarter * 4)...: return 1
        case (quarter * 3)...: return 0.75
        case (quarter * 2)...: return 0.5
        case quarter...: return 0.25
        default: return 0
        }
    }
}

extension TautulliAPI.Line {
    init(_ row: TautulliRow) {
        self.init(
            rows: [row], stream: nil, subject: row.item, userID: row.userID, date: row.started, started: row.started,
            stopped: row.stopped, device: row.device)
    }

    mutating func add(_ row: TautulliRow) {
        rows.append(row)
        date = max(date, row.started)
        started = min(started, row.started)
        stopped = max(stopped, row.stopped)
        device = row.device
    }

    /// Of a running stream the time since it began.
    var played: Int { stream == nil ? rows.reduce(0) { $0 + $1.played } : stopped - started }
    var paused: Int { rows.reduce(0) { $0 + $1.paused } }
    var percent: Int {
        if let stream, subject.item.milliseconds > 0 {
            return min(100, (Int(stream.offset.milliseconds) * 200 / subject.item.milliseconds + 1) / 2)
        }
        return rows.map(\.percent).max() ?? 0
    }
}
