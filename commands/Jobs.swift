// `!plex jobs`: what runs by itself, when, and how it went; run now, pause, resume.

import Bot
import Domain
package import Jobs
import Runtime
import Storage

package struct JobsSource: Sendable {
    package var names: @Sendable () -> [String]
    package var list: @Sendable () async throws -> [JobStatus]
    package var run: @Sendable (_ name: String, _ by: String) async -> JobRunner.Answer
    /// False: there is no such job.
    package var pause: @Sendable (_ name: String, _ by: String) async throws -> Bool
    package var resume: @Sendable (_ name: String, _ by: String) async throws -> Bool

    package init(
        names: @escaping @Sendable () -> [String], list: @escaping @Sendable () async throws -> [JobStatus],
        run: @escaping @Sendable (String, String) async -> JobRunner.Answer,
        pause: @escaping @Sendable (String, String) async throws -> Bool,
        resume: @escaping @Sendable (String, String) async throws -> Bool
    ) {
        self.names = names
        self.list = list
        self.run = run
        self.pause = pause
        self.resume = resume
    }
}

struct JobsCommand: Command {
    let source: JobsSource

    var signature: Signature {
        let name = Option.text("name", "The job's name", required: true, longest: 100) { [source] completion in
            completion.narrowing(source.names().map { .init($0) })
        }
        return Signature(
            "jobs", "Shows and steers what runs by itself",
            verbs: [
                Signature(
                    "list", "Shows every job, its next run and how the last one went",
                    examples: [.init("jobs", "lists all jobs"), .init("jobs list", "the same")]),
                Signature(
                    "run", "Runs a job now", options: [name],
                    examples: [.init("jobs run backup", "makes a backup at once")]),
                Signature(
                    "pause", "Keeps a job from running until it is resumed", options: [name],
                    examples: [.init("jobs pause backup", "no more backups for now")]),
                Signature(
                    "resume", "Lets a paused job run again", options: [name],
                    examples: [.init("jobs resume backup", "backups go on")]),
            ], bareVerb: "list", level: .admin)
    }

    func run(_ call: Call) async throws -> Answer {
        guard call.verb != "list", let typed = call.arguments.text("name") else {
            return .report(report(try await source.list()))
        }
        let name = try job(typed, call)
        switch call.verb {
        case "run":
            switch await source.run(name, call.caller.actor) {
            case .started: return .report(Report("\(strong: name) is running.", tone: .good))
            case .runsAlready: throw Complaint("\(strong: name) is running already.")
            case .stopping: throw Complaint("Autoplex is stopping, so nothing begins any more.")
            case .unknown: throw unknown(typed, call)
            }
        case "pause":
            guard try await source.pause(name, call.caller.actor) else { throw unknown(typed, call) }
            let how = call.spelling("jobs resume \(name)")
            return .report(
                Report("\(strong: name) is paused.", lines: ["\(code: how) lets it run again."], tone: .warning))
        default:
            guard try await source.resume(name, call.caller.actor) else { throw unknown(typed, call) }
            return .report(Report("\(strong: name) will run again.", tone: .good))
        }
    }

    private func report(_ jobs: [JobStatus]) -> Report {
        if jobs.isEmpty { return Report("There are no jobs.") }
        return Report("Jobs", fields: jobs.map { Report.Field("\($0.name)", line($0)) })
    }

    private func line(_ job: JobStatus) -> Prose {
        var prose: Prose = "\(job.summary)\n\(code: job.schedule.description)"
        if job.isRunning {
            prose += ", running"
        } else if job.isPaused {
            prose += ", paused"
        } else if let next = job.next {
            prose += ", next \(time: next)"
        }
        guard let last = job.last else { return prose + "\nhas not run yet" }
        switch last.outcome {
        case .ok: return prose + "\n✅ \(time: last.finished ?? last.started)"
        case .failed(let why): return prose + "\n❌ \(time: last.finished ?? last.started): \(why)"
        case .interrupted: return prose + "\n❌ cut off \(time: last.started)"
        case nil: return prose
        }
    }

    private func job(_ typed: String, _ call: Call) throws -> String {
        let folded = Likeness.folded(typed)
        guard let name = source.names().first(where: { Likeness.folded($0) == folded }) else {
            throw unknown(typed, call)
        }
        return name
    }

    private func unknown(_ typed: String, _ call: Call) -> Complaint {
        var advice: [Prose] = []
        if let meant = Likeness.closest(to: typed, among: source.names()) {
            advice.append("Did you mean \(code: meant)?")
        }
        advice.append("\(code: call.spelling("jobs")) lists them.")
        return Complaint("There is no job “\(typed)”.", advice: advice)
    }
}
