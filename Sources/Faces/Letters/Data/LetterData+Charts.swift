// The section of pictures. Each says in its alternative text what it shows, for those who cannot see it.

internal import Newsletter
internal import Templates

extension LetterData {
    var chartsSection: TemplateValue {
        guard reader.sections.contains(.charts) else { return .absent }
        let kinds: [IssuePictures.Kind] = [.activity, .hours, .growth, .deliveries]
        let shown = kinds.compactMap { pictures.chart($0) }.map { picture($0) }.filter { $0 != .absent }
        guard !shown.isEmpty else { return .absent }
        return ["title": .text("The \(issue.period.word) in pictures"), "pictures": .list(shown)]
    }
}
