// Gathers the settings from where owners put them: the process environment first, then the `.env` file, and for every
// secret also NAME_FILE (as Docker secrets do). Notices names that look like a mistyped one of ours.

internal import Runtime

struct Environment: Sendable {
    /// Only known names, only non-empty values.
    private(set) var values: [String: String] = [:]
    private(set) var problems: [ConfigProblem] = []

    /// What the setup writes where CONFIG_DIR is given.
    static let setupName = "settings.env"

    /// `read` answers a file's text, or nil where there is no such file. With `readsSetup` what the setup wrote counts
    /// where nothing else says anything, not even an empty value: templates of containers give those for whatever was not
    /// filled in.
    init(
        process: [String: String], dotEnvPaths: [String] = [".env"], readsSetup: Bool = false,
        read: (String) throws -> String? = { try Files.exists($0) ? Files.text($0) : nil }
    ) {
        var found: [String: String] = [:]
        for path in dotEnvPaths {
            do {
                guard let text = try read(path) else { continue }
                for (name, value) in try DotEnv.parse(text) {
                    found[name] = value
                    noticeTypo(name, in: path, isOurs: true)
                }
            } catch {
                problems.append(ConfigProblem(path, "\(error)"))
            }
        }
        for (name, value) in process {
            found[name] = value
            noticeTypo(name, in: "the environment", isOurs: false)
        }
        if readsSetup {
            let folder = found["CONFIG_DIR"].flatMap { $0.isEmpty ? nil : $0 } ?? Variable.named("CONFIG_DIR")?.standard
            let path = (folder ?? ".") + "/" + Self.setupName
            do {
                for (name, value) in try DotEnv.parse(try read(path) ?? "") {
                    let isFile = found[name + "_FILE"].map { !$0.isEmpty } ?? false
                    if (found[name] ?? "").isEmpty, !isFile { found[name] = value }
                    noticeTypo(name, in: path, isOurs: true)
                }
            } catch {
                problems.append(ConfigProblem(path, "\(error)"))
            }
        }
        for variable in Variable.all {
            var value = found[variable.name] ?? ""
            if variable.isSecret, let path = found[variable.name + "_FILE"], !path.isEmpty {
                if !value.isEmpty {
                    problems.append(
                        ConfigProblem(variable.name, "set both directly and by \(variable.name)_FILE: keep one"))
                }
                value = contents(of: path, for: variable, read: read)
            }
            guard !value.isEmpty else { continue }
            if let problem = variable.problem(with: value) { problems.append(problem) }
            values[variable.name] = value
        }
        problems.sort { $0.variable < $1.variable }
    }

    private mutating func contents(
        of path: String, for variable: Variable, read: (String) throws -> String?
    ) -> String {
        do {
            guard let text = try read(path) else {
                problems.append(ConfigProblem(variable.name + "_FILE", "there is no file \(path)"))
                return ""
            }
            let value = Substring(text).trimmingBlanks()
            if value.isEmpty { problems.append(ConfigProblem(variable.name + "_FILE", "\(path) is empty")) }
            return value
        } catch {
            problems.append(ConfigProblem(variable.name + "_FILE", "\(path) cannot be read: \(error)"))
            return ""
        }
    }

    /// The process environment holds a lot that is not for us: there only a near miss is worth a word. Our own file
    /// should hold nothing unknown.
    private mutating func noticeTypo(_ name: String, in place: String, isOurs: Bool) {
        let known = Variable.all.flatMap { $0.isSecret ? [$0.name, $0.name + "_FILE"] : [$0.name] }
        guard !known.contains(name), name.utf8.count > 3 else { return }
        let meant = known.map { (name: $0, distance: Likeness.distance($0, name.uppercased())) }
            .min { $0.distance < $1.distance }
        if let meant, meant.distance <= min(2, name.utf8.count / 4) {
            problems.append(
                ConfigProblem(name, "unknown setting in \(place): did you mean \(meant.name)?", fatal: false))
        } else if isOurs {
            problems.append(ConfigProblem(name, "unknown setting in \(place)", fatal: false))
        }
    }
}
