// The setup as a talk in the terminal, or over a pipe: a question, an answer, a test, and on to the next.

internal import HTTP
internal import Runtime

struct SetupTalk {
    let say: (String) -> Void
    /// Asks with these words and gives what was typed; nil: there is nobody any more. Secrets are not shown.
    let ask: (_ question: String, _ isSecret: Bool) -> String?
    let http: HTTPClient

    enum End: Equatable { case written, nothingToWrite, refused, gone }

    private struct Gone: Error {}

    func run(_ sheet: inout SetupSheet) async throws -> End {
        say(
            """
            This asks for the services you use, tests each answer at once, and writes \(sheet.path) at the end.
            Enter keeps what is there. Nothing that could hurt is turned on. Ctrl-C leaves everything as it was.
            """)
        do {
            for (number, step) in SetupStep.first.enumerated() {
                say("\n\(step.name) (\(number + 1) of \(SetupStep.first.count))\n  \(step.why)")
                guard try wants(step, sheet) else { continue }
                try await go(through: step, &sheet)
            }
            try await more(&sheet)
            return try finish(sheet)
        } catch is Gone {
            say("\nThe answers ended. Nothing was written.")
            return .gone
        }
    }

    /// Whoever needs none of these is through with one answer, or with one for each topic.
    private func more(_ sheet: inout SetupSheet) async throws {
        func isSet(_ steps: [SetupStep]) -> Bool { steps.contains { sheet.isConfigured($0) } }
        let topics = SetupStep.Topic.allCases.map { topic in (topic, SetupStep.more.filter { $0.topic == topic }) }
        say("\nMore services")
        for (topic, steps) in topics { say("  \(topic.rawValue): \(steps.map(\.name).joined(separator: ", "))") }
        guard try yes("More services?", standard: isSet(SetupStep.more)) else { return }
        for (topic, steps) in topics {
            say("\n\(topic.rawValue): \(steps.map(\.name).joined(separator: ", "))")
            guard try yes("Any of these?", standard: isSet(steps)) else { continue }
            for step in steps {
                say("\n\(step.name)\n  \(step.why)")
                guard try wants(step, sheet) else { continue }
                try await go(through: step, &sheet)
            }
        }
    }

    private func wants(_ step: SetupStep, _ sheet: SetupSheet) throws -> Bool {
        if step.isNeeded { return true }
        let isThere = sheet.isConfigured(step)
        return try yes("Set this up?", standard: isThere)
    }

    private func go(through step: SetupStep, _ sheet: inout SetupSheet) async throws {
        while true {
            for question in step.questions { try answer(question, &sheet) }
            let lines = await sheet.test(step, http: http)
            for line in lines {
                say(
                    "  \(["ok": "✓", "warning": "!", "wrong": "✗"][line.state.rawValue] ?? "–") \(line.name): \(line.text)"
                )
            }
            let isMissing = step.isNeeded && !sheet.isComplete
            if isMissing { say("  ✗ Autoplex cannot run without this.") }
            guard isMissing || lines.contains(where: { $0.state == .wrong }) else { return }
            switch try letter("Correct it, keep it as it is, or skip \(step.name)? [C/k/s]") {
            case "k": return
            case "s":
                sheet.forget(step)
                return
            default: continue
            }
        }
    }

    private func answer(_ question: SetupQuestion, _ sheet: inout SetupSheet) throws {
        let name = question.variable
        if sheet.isFixed(name) { return say("  \(name) is set by the environment, and stays.") }
        say("  \(question.label). \(question.help)")
        while true {
            let there = sheet.value(name)
            let shown = there.map { question.isSecret ? " [keep the one that is set]" : " [\($0)]" } ?? ""
            guard let typed = ask("  \(name)\(shown): ", question.isSecret) else { throw Gone() }
            do {
                try sheet.answer(name, typed)
                return
            } catch { say("  ✗ \(error)") }
        }
    }

    private func finish(_ sheet: SetupSheet) throws -> End {
        for daring in sheet.daring { say("\n\(daring) was set before, and stays.") }
        guard sheet.isComplete else {
            say("\nWithout DISCORD_TOKEN there is nothing to start. Nothing was written.")
            return .refused
        }
        guard !sheet.changes.isEmpty else {
            say("\nEverything is set already. Nothing was written.")
            return .nothingToWrite
        }
        say("\nThis is written to \(sheet.path), and everything else in it stays:")
        for change in sheet.changes { say("  \(change.isNew ? "+" : "~") \(change.name)=\(change.shown)") }
        guard try yes("Write it?", standard: true) else {
            say("Nothing was written.")
            return .refused
        }
        try sheet.write()
        say(
            """
            Written; only you can read it. DRY_RUN keeps everything that could hurt from happening.
            Next: autoplex check, then autoplex run (in a container: docker compose up -d).
            """)
        return .written
    }

    private func yes(_ question: String, standard: Bool) throws -> Bool {
        while true {
            switch try letter("\(question) [\(standard ? "Y/n" : "y/N")]") {
            case "": return standard
            case "y": return true
            case "n": return false
            default: say("  y or n?")
            }
        }
    }

    private func letter(_ question: String) throws -> String {
        guard let typed = ask("  \(question) ", false) else { throw Gone() }
        return String(Substring(typed).trimmingBlanks().lowercased().prefix(1))
    }
}
