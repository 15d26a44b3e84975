// A report as a letter, for admins who read mail: what was done, to whom and why. Its prose keeps our words and other
// people's apart until the template escapes both.

internal import Domain
internal import Runtime
internal import Templates

struct ReportData {
    let report: Report
    let settings: NoticeSettings
    /// It is a question whose buttons are elsewhere.
    let asks: Bool
    let date: Instant

    var subject: String {
        Shown.cut("\(NoticePage.server(settings)): \(Shown.text(text(report.title), orElse: "a notice"))", to: 110)
    }

    var value: TemplateValue {
        let headline = Shown.text(text(report.title), most: 140, orElse: "A notice")
        let first = report.lines.first.map(text) ?? headline
        return NoticePage(
            settings, subject: subject, headline: headline, label: asks ? "A question" : "For admins",
            preheader: Shown.paragraph(first, most: 140), lead: "", date: date
        ).value(with: [
            "report": [
                "lines": .list(report.lines.map(prose)),
                "fields": .list(
                    report.fields.map { field in
                        ["name": .text(Shown.text(text(field.name), most: 80)), "value": prose(field.value)]
                    }),
                "footer": .text(
                    orAbsent: report.footer.isEmpty ? nil : Shown.paragraph(text(report.footer), most: 400)),
                "isBad": .flag(report.tone == .bad), "isGood": .flag(report.tone == .good),
                "isWarning": .flag(report.tone == .warning), "asks": .flag(asks),
            ],
            "footer": [
                "why": .text("You get this because you look after \(NoticePage.server(settings)); it is no newsletter.")
            ],
        ])
    }

    // MARK: Prose

    /// As one text, and as pieces that a page can set apart.
    private func prose(_ prose: Prose) -> TemplateValue {
        ["text": .text(text(prose)), "pieces": .list(prose.parts.flatMap(pieces))]
    }

    private func text(_ prose: Prose) -> String {
        prose.parts.map { part in
            if case .link(let words, let url) = part, let address = LetterData.webAddress(url) {
                return "\(Self.clean(words)) (\(address))"
            }
            return words(part)
        }.joined()
    }

    private func words(_ part: Prose.Part) -> String {
        switch part {
        case .words(let text): text
        case .text(let text), .strong(let text), .code(let text), .block(let text): Self.clean(text)
        case .time(let moment, .date): LongDate(moment, in: settings.place).date
        case .time(let moment, .time):
            "\(LongDate(moment, in: settings.place).time) \(LongDate(moment, in: settings.place).zone)"
        // A letter is read at any time: "in 3 days" would be wrong tomorrow.
        case .time(let moment, .dateAndTime), .time(let moment, .relative): "\(LongDate(moment, in: settings.place))"
        case .link(let words, _): Self.clean(words)
        case .person(_, let name): Self.clean(name)
        case .channel(let id): "#\(id)"
        }
    }

    private func pieces(_ part: Prose.Part) -> [TemplateValue] {
        if case .block(let text) = part { return [piece(Self.clean(text), isBlock: true)] }
        var pieces: [TemplateValue] = []
        for (index, line) in words(part).split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { pieces.append(piece("", isBreak: true)) }
            guard !line.isEmpty else { continue }
            switch part {
            case .strong: pieces.append(piece(String(line), isStrong: true))
            case .code: pieces.append(piece(String(line), isCode: true))
            case .link(_, let url): pieces.append(piece(String(line), url: LetterData.webAddress(url)))
            default: pieces.append(piece(String(line)))
            }
        }
        return pieces
    }

    private func piece(
        _ text: String, isStrong: Bool = false, isCode: Bool = false, isBlock: Bool = false, isBreak: Bool = false,
        url: String? = nil
    ) -> TemplateValue {
        let isPlain = !isStrong && !isCode && !isBlock && !isBreak && url == nil
        return [
            "text": .text(text), "isPlain": .flag(isPlain), "isStrong": .flag(isStrong), "isCode": .flag(isCode),
            "isBlock": .flag(isBlock), "isBreak": .flag(isBreak), "url": .text(orAbsent: url),
        ]
    }

    /// Line by line: a list in a block keeps its lines and its blanks, and nothing else that is unseen.
    private static func clean(_ text: String) -> String {
        let lines = text.prefix(6_000).split(omittingEmptySubsequences: false) { $0.isNewline }
        return lines.map { Shown.isolated(Shown.seen(String($0))) }.joined(separator: "\n")
    }
}
