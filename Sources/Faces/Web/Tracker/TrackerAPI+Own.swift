// What is somebody's own: how they want it, their shows, their lines of the log, their lists and addresses.

internal import Domain
internal import LooseJSON
internal import Runtime
internal import Sockets
internal import Tracker

extension TrackerAPI {
    func config(_ call: Call) async throws -> ServerResponse {
        let known = try await tracker.settings(of: call.person)
        let calendar = try await keys.madeAt(call.person, .calendar)
        return .json(
            .fields([
                "person": .whole(call.person), "is_admin": .claim(call.isAdmin),
                "joined_at": known.joinedAt.map { .time($0) }, "auto_add": known.autoAdd.map { .claim($0) },
                "auto_watch": known.autoWatch.map { .claim($0) }, "has_webhook": .claim(known.doorAt != nil),
                "webhook_since": known.doorAt.map { .time($0) }, "has_calendar": .claim(calendar != nil),
            ]))
    }

    func setConfig(_ call: Call) async throws -> ServerResponse {
        let json = try call.json()
        for name in ["auto_add", "auto_watch"] where json[name] != nil && json.claim(name) == nil {
            throw Fault(400, "\(name) is true or false")
        }
        let (add, watch) = (json.claim("auto_add"), json.claim("auto_watch"))
        if add == nil, watch == nil { throw Fault(400, "give auto_add or auto_watch") }
        _ = try await tracker.set(call.person, autoAdd: add, autoWatch: watch)
        return try await config(call)
    }

    // MARK: Addresses

    /// Told once: only its digest is kept.
    func newWebhook(_ call: Call) async throws -> ServerResponse {
        let (secret, hash) = PersonalDoor.newSecret()
        _ = try await tracker.join(call.person)
        try await tracker.viewers.setDoor(call.person, hash: hash)
        return told(path: PersonalDoor.path + "/" + secret)
    }

    func noWebhook(_ call: Call) async throws -> ServerResponse {
        try await tracker.viewers.setDoor(call.person, hash: nil)
        return .json(.fields(["has_webhook": .claim(false)]))
    }

    func newCalendar(_ call: Call) async throws -> ServerResponse {
        let (secret, hash) = PersonalDoor.newSecret()
        try await keys.set(call.person, .calendar, hash: hash)
        return told(path: "\(Self.path)/calendar/\(secret).ics")
    }

    func noCalendar(_ call: Call) async throws -> ServerResponse {
        try await keys.set(call.person, .calendar, hash: nil)
        return .json(.fields(["has_calendar": .claim(false)]))
    }

    private func told(path: String) -> ServerResponse {
        .json(.fields(["path": .text(path), "url": address.map { .text($0 + path) }]), status: 201)
    }

    func calendar(_ request: ServerRequest) async -> ServerResponse {
        let file = request.parameters["file"] ?? ""
        guard file.hasSuffix(".ics") else { return .notFound }
        do {
            guard let person = try await owner(of: String(file.dropLast(4)), .calendar) else { return .notFound }
            let today = Day(of: clock.now, in: place)
            let lines = try await ListBook(database).calendar(of: person, from: today - 31, to: today + 366)
            let text = CalendarFile.text(lines, name: "Shows", now: clock.now)
            var response = ServerResponse.bytes([UInt8](text.utf8), type: "text/calendar; charset=utf-8")
            response.headers.append(("Content-Disposition", "inline; filename=\"shows.ics\""))
            return response.unkept
        } catch {
            log.error("a calendar could not be written: \(error)")
            return .text("It did not work; see Autoplex's log.\n", status: 503)
        }
    }

    // MARK: Shows and lists

    func shows(_ call: Call) async throws -> ServerResponse {
        let today = Day(of: clock.now, in: place)
        let all = try await ListBook(database).progress(of: call.person, today: today)
        return .json(
            .fields([
                "shows": .list(
                    all.map { show in
                        .fields([
                            "id": .whole(show.show), "title": .text(show.title), "year": show.year.map { .whole($0) },
                            "is_on": .claim(show.isOn), "has_ended": .claim(show.hasEnded),
                            "aired": .whole(show.aired), "seen": .whole(show.seen), "percent": .whole(show.percent),
                            "next": show.next.map { .episode($0) }, "coming": show.coming.map { .episode($0) },
                            "last_at": show.lastAt.map { .time($0) },
                        ])
                    })
            ]))
    }

    func export(_ call: Call, isCSV: Bool) async throws -> ServerResponse {
        let rows = try await SeenBook(database).rows(of: call.person)
        let text = isCSV ? SeenFile.csv(rows) : try SeenFile.json(rows)
        var response = ServerResponse.bytes(
            [UInt8](text.utf8), type: isCSV ? "text/csv; charset=utf-8; header=present" : "application/json")
        response.headers.append(
            ("Content-Disposition", "attachment; filename=\"autoplex-shows.\(isCSV ? "csv" : "json")\""))
        return response
    }

    func bringBack(_ call: Call) async throws -> ServerResponse {
        let read: SeenImport
        do throws(SeenImport.Refusal) { read = try SeenImport(call.request.body, now: clock.now) } catch {
            throw Fault(400, error.why)
        }
        let (taken, known) = try await tracker.bringBack(read, of: call.person, at: clock.now)
        wake()
        return .json(
            .fields([
                "taken": .whole(taken), "known": .whole(known), "others": .whole(read.others),
                "problems": .list(
                    read.problems.map { .fields(["line": .whole($0.line), "why": .text($0.why)]) }),
            ]), status: 202)
    }

    // MARK: The log

    func logs(_ call: Call) async throws -> ServerResponse {
        let wanted = call.request.queryValue("status")
        let status = wanted.flatMap { LogRow.Status(rawValue: $0) }
        if wanted != nil, status == nil {
            throw Fault(400, "status is one of \(LogRow.Status.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let most = min(max(call.request.queryValue("limit").flatMap { Int($0) } ?? 50, 1), 500)
        var before = call.request.queryValue("before").flatMap { Int64($0) }
        var rows: [LogRow] = []
        // Others' lines are passed over, not told; after so many of them it is the caller's turn to ask on.
        for _ in 0..<20 {
            let some = try await tracker.logBook.latest(500, status: status, before: before)
            rows += some.filter { call.isAdmin || $0.person == call.person || $0.door == call.person }
            before = some.last?.id
            if rows.count >= most || some.count < 500 {
                if rows.count <= most, some.count < 500 { before = nil }
                break
            }
        }
        if rows.count > most { before = rows[most - 1].id }
        return .json(
            .fields([
                "logs": .list(rows.prefix(most).map { .log($0) }), "next": before.map { .whole($0) },
            ]))
    }

    func replay(_ call: Call) async throws -> ServerResponse {
        let id = try call.id()
        guard let row = try await tracker.logBook.one(id),
            call.isAdmin || row.person == call.person || row.door == call.person
        else { throw Fault(404, "there is no line of that number") }
        let answer = try await tracker.replay(id, by: call.actor)
        guard answer.isDone, let after = try await tracker.logBook.one(id) else {
            throw Fault(409, answer.report.sentence)
        }
        return .json(.log(after))
    }
}
