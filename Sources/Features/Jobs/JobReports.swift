// The words for how a job went, where the job itself has none.

internal import Domain
internal import Storage

enum JobReports {
    static func failed(_ job: Job, _ why: String) -> Report {
        Report(
            "The job \(strong: job.name) failed", lines: ["\(why)"],
            footer: "The same failure is not told again until it changes.", tone: .bad)
    }

    static func worksAgain(_ job: Job) -> Report { Report("\(strong: job.name) works again", tone: .good) }

    static func done(_ job: Job) -> Report { Report("\(strong: job.name) is done", tone: .good) }

    /// Found at the start: a crash, a power cut or a stop that could not wait.
    static func wasCutOff(_ job: Job, _ run: JobRun) -> Report {
        cutOff(job, "It began \(time: run.started) and Autoplex stopped before it ended.")
    }

    static func isCutOff(_ job: Job) -> Report {
        cutOff(job, "It was still running when Autoplex had to stop.")
    }

    private static func cutOff(_ job: Job, _ what: Prose) -> Report {
        Report(
            "The job \(strong: job.name) was cut off",
            lines: [what + " It runs again at its next time, or now with \(code: "jobs run \(job.name)")."],
            tone: .warning)
    }
}
