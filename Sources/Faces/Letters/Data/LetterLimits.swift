// How much of everything a letter shows, and in what order it shows less when it grows too large: first what is long and
// lists, last what the reader themselves did.

struct LetterLimits: Sendable, Hashable {
    var libraries = 8
    /// With poster and summary.
    var featured = 3
    /// With poster and title.
    var tiles = 8
    /// By title alone.
    var listed = 12
    var summary = 180
    var tops = 5
    var shared = 5
    var people = 8
    var personal = 5
    var suggestions = 4
    var followed = 6
    var quiet = 12
    var title = Shown.mostTitle
    var alternative = 1024
    var doubts = 4

    static let full = LetterLimits()

    /// From everything to the least that still is a letter.
    static let steps: [LetterLimits] = {
        var limits = LetterLimits.full
        var steps = [limits]
        let cuts: [(inout LetterLimits) -> Void] = [
            { $0.alternative = 400 },
            { $0.listed = 6 },
            { $0.summary = 140 },
            { $0.tiles = 4 },
            { ($0.tops, $0.shared, $0.people, $0.quiet) = (3, 3, 6, 6) },
            { ($0.listed, $0.summary, $0.title) = (0, 90, 70) },
            { ($0.featured, $0.alternative) = (2, 250) },
            { ($0.libraries, $0.tiles, $0.people) = (6, 0, 4) },
            { ($0.personal, $0.suggestions, $0.followed) = (3, 2, 3) },
            { ($0.libraries, $0.featured, $0.summary, $0.title) = (4, 1, 0, 50) },
            { ($0.tops, $0.shared, $0.people, $0.quiet, $0.doubts) = (1, 1, 3, 0, 1) },
            { ($0.personal, $0.suggestions, $0.followed, $0.alternative) = (1, 1, 1, 100) },
        ]
        for cut in cuts {
            cut(&limits)
            steps.append(limits)
        }
        return steps
    }()
}
