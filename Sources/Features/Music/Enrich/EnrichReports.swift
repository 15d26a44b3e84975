// What enriching has to say, as reports and cards: no face, no decisions. Summaries and titles are other people's text
// and travel as such.

package import Domain
internal import MusicBrainz
package import Plex

package enum EnrichCard {
    package static let write = "enrich.write"
    package static let album = "enrich.album"
    package static let release = "enrich.release"
    package static let artist = "enrich.artist"
    /// Of a menu: none of these.
    package static let none = "none"
    package static let confirmed = "yes"
}

package struct EnrichReports: Sendable {
    let settings: EnrichSettings

    package init(_ settings: EnrichSettings) { self.settings = settings }

    private func command(_ rest: String) -> Prose { "\(code: "\(settings.prefix) enrich \(rest)")" }

    // MARK: One album

    package func preview(_ finding: Enrichment.Finding, picture: Report.Picture? = nil) -> Report {
        var report: Report
        switch finding {
        case .preview(let change, let evidence, let pick, let draft):
            report = Report("\(evidence.name)", lines: [performers(pick)], fields: fields(pick))
            report.fields += beforeAndAfter(draft)
            if change.action == .repair {
                report.fields.append(
                    Report.Field("Repair", "The marks in the summary are put in order; other text stays."))
            }
            report.footer = "Text outside the block stays as it is, to the byte"
        case .alreadyThere(let evidence, let pick):
            report = Report(
                "\(evidence.name)",
                lines: [performers(pick), "The summary has this block already. Nothing is to be written."],
                fields: fields(pick), tone: .good)
        case .ask(let evidence, let candidates, let why):
            report = Report(
                "Which release is \(evidence.name)?",
                lines: ["I will not choose by myself: \(why)."]
                    + candidates.map { "\(link: Self.label($0), to: Self.page($0.edition.id)): \(Self.words($0))" },
                tone: .warning)
        case .nobody(let evidence, let why):
            report = Report(
                "\(evidence.name)",
                lines: [
                    "Nobody says who plays on it: \(why).",
                    "If you know the release, name it: \(command("\(evidence.item.ratingKey) --release ID")).",
                ], tone: .warning)
        case .broken(let evidence, let why):
            report = Report(
                "\(evidence.name)",
                lines: [
                    "I change nothing: \(why).",
                    "\(command("\(evidence.item.ratingKey) --repair")) puts the marks in order and keeps your text.",
                ], tone: .warning)
        }
        report.picture = picture
        return report
    }

    /// Among the lines, where there is more room than in a field.
    private func performers(_ pick: ReleasePick) -> Prose { Prose(text: pick.credits.line(settings.style)) }

    private func fields(_ pick: ReleasePick) -> [Report.Field] {
        let details = [pick.date, pick.country, pick.label, pick.tracks > 0 ? "\(pick.tracks) tracks" : ""]
            .filter { !$0.isEmpty }.joined(separator: " · ")
        var release: Prose = "\(link: "\(pick.artist) – \(pick.title)", to: pick.page)"
        if !details.isEmpty { release += "\n\(details)" }
        let score = pick.score.map { "score \(Self.percent($0)), " } ?? ""
        release += Prose(
            parts: [
                .words(
                    "\n\(score)\(pick.agreement.matched) of \(pick.agreement.compared) tracks agree, "
                        + "\(pick.foundWords)")
            ])
        var fields = [Report.Field("Release", release)]
        if !pick.agreement.isConvincing {
            fields.append(
                Report.Field(
                    "⚠️ Tracks", "Most tracks of this release are not the album's. Write it only if you are sure."))
        }
        if let warning = pick.credits.coverage.warning {
            fields.append(Report.Field("⚠️ Coverage", Prose(text: warning)))
        }
        return fields
    }

    private func beforeAndAfter(_ draft: SummaryDraft) -> [Report.Field] {
        let (before, after) = Excerpt.pair(draft.before, draft.after)
        return [Report.Field("Before", Self.shown(before)), Report.Field("After", Self.shown(after))]
    }

    private static func shown(_ text: String) -> Prose {
        text.isEmpty ? "(empty)" : Prose(parts: [.block(text)])
    }

    static func percent(_ score: Double) -> String { "\(Int((score * 100).rounded())) %" }
    private static func page(_ id: MBID) -> String { "https://musicbrainz.org/release/\(id)" }

    static func label(_ candidate: ReleaseCandidate) -> String {
        "\(candidate.edition.credits.line) – \(candidate.edition.title)"
    }

    private static func words(_ candidate: ReleaseCandidate) -> String {
        let edition = candidate.edition
        let facts = [
            edition.date, edition.country, edition.labels.first, edition.trackCount.map { "\($0) tracks" },
            edition.disambiguation.isEmpty ? nil : edition.disambiguation,
        ].compactMap { $0 }
        return (facts + ["score \(percent(candidate.score))"]).joined(separator: " · ")
    }

    // MARK: Cards

    package func confirmation(_ change: SummaryChange, _ report: Report) -> Card {
        let act =
            switch change.action {
            case .write: "Write it"
            case .remove: "Remove the block"
            case .repair: "Repair"
            case .undo: "Take it back"
            }
        return Card(
            report, kind: EnrichCard.write, subject: change.json,
            choices: [
                Card.Choice(act, value: EnrichCard.confirmed, weight: change.action == .write ? .main : .danger),
                Card.Choice("Cancel", value: "no"),
            ], lasts: .seconds(3600))
    }

    /// - Parameter album: the rating key
    package func menu(_ candidates: [ReleaseCandidate], album: String, _ report: Report) -> Card {
        Card(
            report, kind: EnrichCard.release, subject: album,
            choices: candidates.map { candidate in
                Card.Choice(
                    Excerpt.cut(Self.label(candidate), to: 100), value: "\(candidate.edition.id)",
                    detail: Excerpt.cut(Self.words(candidate), to: 100))
            } + [Card.Choice("None of these", value: EnrichCard.none)],
            layout: .menu(prompt: "Choose the release"), lasts: .seconds(3600))
    }

    package func menu(_ albums: [PlexItem], asked: String) -> Card {
        Card(
            Report("Which album do you mean?", lines: ["Several answer to \(strong: asked)."]),
            kind: EnrichCard.album, subject: "", choices: albums.map(Self.choice),
            layout: .menu(prompt: "Choose the album"), lasts: .seconds(3600))
    }

    /// Misspelt, perhaps.
    package func suggestions(_ albums: [PlexItem], asked: String) -> Card {
        Card(
            Report("Plex has no album \(strong: asked).", lines: ["Perhaps one of these?"], tone: .warning),
            kind: EnrichCard.album, subject: "", choices: albums.map(Self.choice),
            layout: .menu(prompt: "Did you mean …"), lasts: .seconds(3600))
    }

    package static func choice(_ album: PlexItem) -> Card.Choice {
        let tracks = album.leafCount.map { "\($0) tracks" }
        let detail = [album.year.map(String.init), tracks, album.sectionTitle.isEmpty ? nil : album.sectionTitle]
            .compactMap { $0 }.joined(separator: " · ")
        let name = album.parentTitle.isEmpty ? album.title : "\(album.parentTitle) – \(album.title)"
        return Card.Choice(Excerpt.cut(name, to: 100), value: album.ratingKey, detail: Excerpt.cut(detail, to: 100))
    }

    // MARK: Retreats and results

    package func retreat(_ retreat: Enrichment.Retreat) -> Report {
        let name = retreat.change.name
        var report: Report
        switch retreat.change.action {
        case .undo: report = Report("Take back the last change of \(strong: name)?")
        case .remove: report = Report("Take the performers out of \(strong: name)?")
        case .repair, .write: report = Report("Put the marks in \(strong: name) in order?")
        }
        report.fields = beforeAndAfter(retreat.draft)
        if retreat.losesLaterWords {
            report.tone = .warning
            report.lines = [
                "⚠️ The summary was edited since I wrote it. Taking it back puts the older text there, and the later "
                    + "words go. \(command("\(retreat.change.album) --remove")) takes only the block out."
            ]
        }
        if retreat.draft.locks != retreat.draft.wasLocked {
            report.fields.append(Report.Field("Lock", retreat.draft.locks ? "is set" : "is opened again"))
        }
        return report
    }

    package func result(_ written: Written, of change: SummaryChange) -> Report {
        let name = change.name
        switch written {
        case .done(let note):
            let title: Prose =
                switch change.action {
                case .write: "The performers stand in the summary of \(strong: name)."
                case .remove: "The performers are out of the summary of \(strong: name)."
                case .repair: "The marks in the summary of \(strong: name) are in order."
                case .undo: "The last change of \(strong: name) is taken back."
                }
            var lines: [Prose] = []
            if change.action != .undo { lines.append("\(command("\(change.album) --undo")) takes it back.") }
            if let note { lines.append("⚠️ \(note).") }
            return Report(title, lines: lines, tone: note == nil ? .good : .warning)
        case .alreadyThere:
            return Report("\(strong: name) is that way already.", lines: ["Nothing was written."], tone: .good)
        case .dryRun:
            return Report(
                "Dry run: nothing was written.",
                lines: ["\(strong: name) would have been changed. Set \(code: "DRY_RUN=false") to let me write."],
                tone: .warning)
        case .refused(let why): return Report("Not written: \(why).", tone: .warning)
        case .failed(let why):
            return Report(
                "The summary of \(strong: name) was not changed.", lines: [Prose(text: "\(Self.sentence(why))")],
                tone: .bad)
        case .unknown(let why): return Report("It is not certain.", lines: ["\(Self.sentence(why))"], tone: .warning)
        }
    }

    package static func sentence(_ text: String) -> String {
        let start = text.prefix(1).uppercased() + text.dropFirst()
        return start.hasSuffix(".") || start.hasSuffix("…") ? start : start + "."
    }
}
