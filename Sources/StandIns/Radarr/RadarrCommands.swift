// Commands as they are asked for and told of (CommandResource). Names are found in any case; an unknown one is a crash.

import Runtime

extension RadarrCaller {
    private static let known = ["MoviesSearch", "RescanMovie", "RefreshMovie"]

    func begin() -> ServarrAnswer {
        guard case .success(let wish) = call.json else { return refusal }
        guard let word = wish["name"]?.string, !word.isEmpty else {
            return .invalid(property: "Name", message: "'Name' must not be empty.")
        }
        guard let name = Self.known.first(where: { $0.lowercased() == word.lowercased() }) else {
            return .message(status: 500, "Sequence contains no matching element")
        }
        let films = wish["movieIds"]?.array?.compactMap(\.int) ?? wish["movieId"]?.int.map { [$0] } ?? []
        return desk.work { works, _, rules in
            let command = works.add(name, films: films, at: desk.clock.now, rules)
            return (.json(Self.json(command), status: 201), [])
        }
    }

    func commands() -> ServarrAnswer { desk.look { works, _, _ in .json(.array(works.commands.map(Self.json))) } }

    func command() -> ServarrAnswer {
        desk.look { works, _, _ in
            // Kept for a day.
            works.commands.first { $0.id == number && $0.queued > desk.clock.now - .days(1) }
                .map { .json(Self.json($0)) } ?? .notFound
        }
    }

    func cancel() -> ServarrAnswer {
        desk.work { works, _, _ in
            guard let index = works.commands.firstIndex(where: { $0.id == number }) else { return (.notFound, []) }
            guard works.commands[index].status == "queued" else {
                return (.message(status: 409, "Unable to cancel task"), [])
            }
            works.commands[index].status = "cancelled"
            return (.json([:]), [])
        }
    }

    static func json(_ command: RadarrWorks.Command) -> JSON {
        let hasBegun = command.status != "queued" && command.status != "cancelled"
        let isOver = command.status == "completed" || command.status == "failed"
        let spaced = command.name.reduce(into: "") { text, letter in
            text += letter.isUppercase && !text.isEmpty ? " \(letter)" : "\(letter)"
        }
        // Only a rescan is of one film.
        let isOfMany = command.name != "RescanMovie"
        let body =
            ([
                "sendUpdatesToClient": true,
                "updateScheduledTask": true,
                "completionMessage": "Completed",
                "requiresDiskAccess": false,
                "isExclusive": false,
                "isTypeExclusive": false,
                "isLongRunning": false,
                "name": .string(command.name),
                "trigger": "manual",
                "suppressMessages": false,
                "clientUserAgent": "",
            ] as JSON)
            .with("movieIds", isOfMany ? .array(command.films.map(JSON.number)) : nil)
            .with("movieId", isOfMany ? nil : command.films.first.map(JSON.number))
        return
            ([
                "name": .string(command.name),
                "commandName": .string(spaced),
                "body": body,
                "priority": "normal",
                "status": .string(command.status),
                "result": command.status == "completed"
                    ? "successful" : command.status == "failed" ? "unsuccessful" : "unknown",
                "queued": .date(command.queued),
                "trigger": "manual",
                "clientUserAgent": "",
                "stateChangeTime": .date(isOver ? command.ends : hasBegun ? command.begins : command.queued),
                "sendUpdatesToClient": true,
                "updateScheduledTask": true,
                "id": .number(command.id),
            ] as JSON)
            .with("message", command.message.map(JSON.string))
            .with("started", hasBegun ? .date(command.begins) : nil)
            .with("ended", isOver ? .date(command.ends) : nil)
            .with("duration", isOver ? .string(span(command.ends - command.begins)) : nil)
            .with("exception", command.exception.map(JSON.string))
    }

    /// "00:00:09.1200000"
    static func span(_ duration: Duration) -> String {
        let milliseconds = Int(duration.milliseconds)
        let seconds = milliseconds / 1000
        return "\((seconds / 3600).padded(2)):\((seconds / 60 % 60).padded(2)):\((seconds % 60).padded(2))"
            + (milliseconds % 1000 == 0 ? "" : ".\((milliseconds % 1000).padded(3))0000")
    }
}
