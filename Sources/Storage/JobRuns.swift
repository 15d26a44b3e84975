// When each job ran and how it ended, so that a restart knows what was missed, what was cut off in the middle, and which
// jobs somebody paused.

package import Runtime

package struct JobRun: Sendable, Equatable {
    package enum Outcome: Sendable, Equatable {
        case ok
        case failed(String)
        case interrupted
    }

    package let id: Int64
    package let job: String
    /// The time of the schedule this run stands for.
    package let due: Instant
    package let started: Instant
    package let finished: Instant?
    /// Nil while it runs.
    package let outcome: Outcome?
    package let note: String

    package init(
        id: Int64, job: String, due: Instant, started: Instant, finished: Instant?, outcome: Outcome?, note: String
    ) {
        self.id = id
        self.job = job
        self.due = due
        self.started = started
        self.finished = finished
        self.outcome = outcome
        self.note = note
    }
}

package struct JobRuns: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    package func begin(job: String, due: Instant) async throws(StorageError) -> Int64 {
        let (now, opening) = (database.clock.now, database.opening)
        return try await database.write { db in
            try db.insert(
                """
                INSERT INTO job_runs (job, due_at, started_at, why, note, opening) VALUES ($1, $2, $3, '', '', $4)
                RETURNING id
                """, job, due, now, opening)
        }
    }

    package func finish(_ id: Int64, outcome: JobRun.Outcome, note: String = "") async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            try db.run(
                "UPDATE job_runs SET finished_at = $2, outcome = $3, why = $4, note = $5 WHERE id = $1",
                id, now, outcome.name, outcome.why, note)
        }
    }

    package func last(job: String) async throws(StorageError) -> JobRun? {
        try await history(job: job, limit: 1).first
    }

    /// When each job last ended well, as long as its runs are kept.
    package func lastSuccesses() async throws(StorageError) -> [String: Instant] {
        let rows = try await database.read { db in
            try db.rows("SELECT job, MAX(finished_at) FROM job_runs WHERE outcome = 'ok' GROUP BY job") { row in
                (try row.text(0), try row.instant(1))
            }
        }
        return Dictionary(rows) { $1 }
    }

    /// Newest first.
    package func history(job: String, limit: Int = 20) async throws(StorageError) -> [JobRun] {
        try await database.read { db in
            try db.rows(
                "SELECT \(Self.columns) FROM job_runs WHERE job = $1 ORDER BY id DESC LIMIT $2", job, limit,
                decode: Self.run)
        }
    }

    /// The runs that an earlier process began and never finished, marked as interrupted from now on.
    package func interrupted() async throws(StorageError) -> [JobRun] {
        let (now, opening) = (database.clock.now, database.opening)
        return try await database.write { db in
            try db.rows(
                """
                UPDATE job_runs SET finished_at = $1, outcome = 'interrupted'
                WHERE outcome IS NULL AND opening <> $2 RETURNING \(Self.columns)
                """, now, opening, decode: Self.run)
        }
    }

    package func pause(job: String) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            try db.run(
                """
                INSERT INTO job_pauses (job, since) VALUES ($1, $2)
                ON CONFLICT (job) DO UPDATE SET since = excluded.since, ended_at = NULL
                WHERE job_pauses.ended_at IS NOT NULL
                """, job, now)
        }
    }

    package func resume(job: String) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            try db.run("UPDATE job_pauses SET ended_at = $2 WHERE job = $1 AND ended_at IS NULL", job, now)
        }
    }

    package func paused() async throws(StorageError) -> Set<String> {
        let jobs = try await database.read { db in
            try db.rows("SELECT job FROM job_pauses WHERE ended_at IS NULL") { row in try row.text("job") }
        }
        return Set(jobs)
    }

    /// When the job's last pause ended; nil when it had none or is in one.
    package func resumed(job: String) async throws(StorageError) -> Instant? {
        try await database.read { db in
            try db.row("SELECT ended_at FROM job_pauses WHERE job = $1", job) { row in
                try row.optionalInstant("ended_at")
            }
        } ?? nil
    }

    /// Old runs go, but never a job's newest: catching up after downtime asks for it.
    package func forget(before moment: Instant) async throws(StorageError) {
        try await database.write { db in
            try db.run(
                """
                DELETE FROM job_runs WHERE started_at < $1 AND outcome IS NOT NULL
                AND id NOT IN (SELECT MAX(id) FROM job_runs GROUP BY job)
                """, moment)
        }
    }

    private static let columns = "id, job, due_at, started_at, finished_at, outcome, why, note"

    private static func run(_ row: borrowing Row) throws -> JobRun {
        JobRun(
            id: try row.int64("id"), job: try row.text("job"), due: try row.instant("due_at"),
            started: try row.instant("started_at"), finished: try row.optionalInstant("finished_at"),
            outcome: try row.optionalText("outcome").map { JobRun.Outcome($0, why: try row.text("why")) },
            note: try row.text("note"))
    }
}

extension JobRun.Outcome {
    fileprivate var name: String {
        switch self {
        case .ok: "ok"
        case .failed: "failed"
        case .interrupted: "interrupted"
        }
    }

    fileprivate var why: String { if case .failed(let why) = self { why } else { "" } }

    fileprivate init(_ name: String, why: String) {
        switch name {
        case "ok": self = .ok
        case "interrupted": self = .interrupted
        default: self = .failed(why)
        }
    }
}
