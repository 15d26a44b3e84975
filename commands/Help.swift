// `!plex help`: what there is, and how each thing is written. All of it comes from the signatures.

import Bot
import Domain
import Runtime

struct Help: Command {
    let signature = Signature(
        "help", "Shows all commands, or how one is used",
        options: [
            .text("command", "The command to explain", rest: true) { completion in
                completion.narrowing(
                    Help.names(in: completion.commands, for: completion.caller.level).map { .init($0) })
            }
        ],
        examples: [
            .init("help", "lists all commands you may use"),
            .init("help jobs run", "explains one of them"),
        ])

    func run(_ call: Call) async throws -> Answer {
        guard let asked = call.arguments.text("command") else { return .report(overview(call)) }
        let path = asked.split(separator: " ").map(String.init)
        guard let command = call.commands.command(named: path[0]), command.signature.level <= call.caller.level else {
            throw unknown(asked, call)
        }
        let signature = command.signature
        guard path.count > 1 else { return .report(details(of: signature, path: [signature.name], call)) }
        guard let verb = signature.verb(named: path[1]) else { throw unknown(asked, call) }
        return .report(details(of: signature.whole(verb), path: [signature.name, verb.name], call))
    }

    static func names(in commands: CommandList, for level: Level) -> [String] {
        commands.usable(by: level).map(\.signature).flatMap { signature in
            [signature.name] + signature.verbs.map { "\(signature.name) \($0.name)" }
        }
    }

    private func overview(_ call: Call) -> Report {
        let lines = call.commands.usable(by: call.caller.level).map(\.signature).map { signature -> Prose in
            let verbs = signature.verbs.map(\.name).joined(separator: ", ")
            let line: Prose = "\(code: call.spelling(signature.name)) \(signature.summary)"
            return verbs.isEmpty ? line : line + ": \(verbs)"
        }
        return Report(
            "What I can do", lines: lines,
            footer: "\(call.spelling("help COMMAND")) explains one of them.")
    }

    private func details(of signature: Signature, path: [String], _ call: Call) -> Report {
        let name = path.joined(separator: " ")
        let usage = call.spelling([name, signature.usageOfOptions].filter { !$0.isEmpty }.joined(separator: " "))
        var report = Report("\(call.spelling(name))", lines: ["\(signature.summary)."])
        if signature.verbs.isEmpty {
            report.lines.append("\(code: usage)")
        } else {
            let verbs = signature.verbs.map { verb -> Prose in
                let usage = [name, verb.name, verb.usageOfOptions].filter { !$0.isEmpty }.joined(separator: " ")
                return "\(code: call.spelling(usage)) \(verb.summary)"
            }
            report.fields.append(Report.Field("Ways to use it", verbs.joined(by: "\n")))
        }
        if !signature.options.isEmpty {
            let options = signature.options.map { option -> Prose in
                "\(code: option.usage) \(option.summary)"
            }
            report.fields.append(Report.Field("Options", options.joined(by: "\n")))
        }
        let examples = (signature.examples + signature.verbs.flatMap(\.examples)).map { example -> Prose in
            "\(code: call.spelling(example.typed)) \(example.meaning)"
        }
        if !examples.isEmpty { report.fields.append(Report.Field("Examples", examples.joined(by: "\n"))) }

        var notes: [Prose] = ["For \(signature.level.name)"]
        if signature.privacy == .privately { notes.append("only you see the answer") }
        if signature.options.contains(where: { !$0.isRequired }) { notes.append("what stands in [ ] may be left out") }
        report.footer = notes.joined(by: " · ")
        return report
    }

    private func unknown(_ asked: String, _ call: Call) -> Complaint {
        var advice: [Prose] = []
        if let meant = Likeness.closest(to: asked, among: Self.names(in: call.commands, for: call.caller.level)) {
            advice.append("Did you mean \(code: call.spelling("help \(meant)"))?")
        }
        advice.append("\(code: call.spelling("help")) lists all commands.")
        return Complaint("There is no command “\(asked)”.", advice: advice)
    }
}
