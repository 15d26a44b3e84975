// Something wrong in the settings, in words for the owner. All are found before any is told, so that one start shows
// everything there is to mend.

struct ConfigProblem: Error, Equatable, Sendable, CustomStringConvertible {
    let variable: String
    let why: String
    /// False: the program can run, but probably not as meant.
    let isFatal: Bool

    init(_ variable: String, _ why: String, fatal isFatal: Bool = true) {
        self.variable = variable
        self.why = why
        self.isFatal = isFatal
    }

    var description: String { "\(variable): \(why)" }
}

/// The settings cannot be used; every reason at once.
struct BrokenConfiguration: Error, CustomStringConvertible {
    let problems: [ConfigProblem]
    var description: String { problems.map(\.description).joined(separator: "\n") }
}
