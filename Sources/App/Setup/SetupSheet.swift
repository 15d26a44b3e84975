// The answers so far, over what is set already: which values count, what would be written, and the test of a step.

internal import HTTP
internal import Runtime

struct SetupSheet: Sendable {
    /// The file that is written.
    let path: String
    private let before: String
    /// What the file and the environment say without the answers.
    private let values: [String: String]
    /// Given by the environment or by a file of its own: stronger than anything that could be written.
    private let fixed: Set<String>
    private(set) var answers: [String: String] = [:]

    /// - Parameter process: the environment the program will run in
    init(
        process: [String: String], read: (String) throws -> String? = { try Files.exists($0) ? Files.text($0) : nil }
    ) throws {
        path = Self.path(process)
        before = try read(path) ?? ""
        // What cannot be read is said now, not after all the questions.
        let lines = try DotEnv.parse(before)
        let environment = Environment(process: process, readsSetup: true, read: read)
        values = environment.values
        let given = process.filter { !$0.value.isEmpty }.map(\.key)
        let files = (given + lines.filter { !$0.value.isEmpty }.map(\.name)).filter { $0.hasSuffix("_FILE") }
        fixed = Set(given + files.map { String($0.dropLast(5)) })
    }

    /// In a container or under a supervisor the settings' folder is told, and is the place that lasts; else `.env`.
    static func path(_ process: [String: String]) -> String {
        guard let folder = process["CONFIG_DIR"], !folder.isEmpty else { return ".env" }
        return folder + "/" + Environment.setupName
    }

    func value(_ name: String) -> String? {
        if fixed.contains(name) { return values[name] }
        if let answer = answers[name] { return answer.isEmpty ? nil : answer }
        return values[name]
    }

    func isFixed(_ name: String) -> Bool { fixed.contains(name) }

    func isConfigured(_ step: SetupStep) -> Bool { step.questions.contains { value($0.variable) != nil } }

    /// Whether everything is there without which nothing works.
    var isComplete: Bool { value("DISCORD_TOKEN") != nil }

    /// An empty answer leaves what is there.
    mutating func answer(_ name: String, _ text: String) throws(ConfigProblem) {
        let text = Substring(text).trimmingBlanks()
        guard !text.isEmpty, !isFixed(name) else { return }
        if let problem = Variable.named(name)?.problem(with: text) { throw problem }
        answers[name] = text
    }

    /// Takes the answers of a step back.
    mutating func forget(_ step: SetupStep) {
        for question in step.questions { answers[question.variable] = nil }
    }

    /// By the same tests as `autoplex check`, of this step's settings alone.
    func test(_ step: SetupStep, http: HTTPClient) async -> [Check.Line] {
        guard let look = step.look, isConfigured(step) else { return [] }
        // What an owner may have set to be asked instead of the public ones.
        let addresses = ["DISCORD_API_URL", "PLEX_TV_URL", "TMDB_URL", "DISCOGS_URL", "MUSICBRAINZ_URL"]
        let own = Set(step.questions.map(\.variable) + addresses + step.besides + ["CONFIG_DIR"])
        var wanted: [String: String] = [:]
        for name in own { wanted[name] = value(name) }
        do {
            let settings = try Configuration(Environment(process: wanted, dotEnvPaths: []))
            let log = Log(secrets: settings.secrets, write: { _ in })
            return await look(settings, http).map { line in
                Check.Line(state: line.state, name: line.name, text: log.masked(line.text))
            }
        } catch { return [Check.Line(state: .wrong, name: step.name, text: "\(error)")] }
    }

    struct Change: Sendable, Equatable {
        let name: String
        let value: String
        /// As it may be shown.
        let shown: String
        let isNew: Bool
    }

    /// What would be written: the answers that are new, and what keeps the house safe.
    var changes: [Change] {
        let asked = SetupStep.all.flatMap(\.questions).map(\.variable)
        let answered = asked.compactMap { name in answers[name].map { (name, $0) } }
        let safe = SetupStep.safe.filter { values[$0.0] == nil && !fixed.contains($0.0) }
        return (answered + safe).filter { values[$0.0] != $0.1 }.map { name, value in
            let isSecret = Variable.named(name)?.isSecret ?? true
            return Change(
                name: name, value: value, shown: isSecret ? "••••••••" : value, isNew: values[name] == nil)
        }
    }

    /// What is on already though it may hurt: the owner's word, which stands.
    var daring: [String] {
        SetupStep.safe.compactMap { name, safe in values[name].flatMap { $0 == safe ? nil : "\(name)=\($0)" } }
    }

    var text: String { DotEnvEdit.setting(changes.map { ($0.name, $0.value) }, in: before) }

    /// All or nothing, for the owner's eyes only.
    func write() throws {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        if !folder.isEmpty { try Files.makeFolder(folder) }
        try Files.write(Array(text.utf8), to: path, mode: 0o600)
    }
}
