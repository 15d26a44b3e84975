// What admins are asked. A card's subject holds an id only; what it meant is judged anew when it is answered.

package import Domain
internal import Runtime

package enum DownloadCards {
    /// download, not, never
    package static let askKind = "downloads.ask"
    /// delete, keep
    package static let deleteKind = "downloads.delete"

    package static func ask(_ one: DownloadCase) -> Card {
        var report = Report("Download \(strong: one.film.name)?", lines: ["\(one.why)"])
        report.fields.append(Report.Field("Watched by", "\(one.userName), \(time: one.at)", short: true))
        if let size = one.size { report.fields.append(Report.Field("Size", "\(ByteWords.words(size))", short: true)) }
        if let rating = one.evidence?.rating.known {
            report.fields.append(
                Report.Field("Rated", "\(Decimal.tenths(rating.value)) (\(rating.source))", short: true))
        }
        return Card(
            report, kind: askKind, subject: "\(one.id)",
            choices: [
                Card.Choice("Download", value: "download", weight: .main), Card.Choice("Not this time", value: "not"),
                Card.Choice("Never", value: "never", weight: .danger),
            ])
    }

    package static func proposal(_ one: DeletionProposal, keepDays: Int) -> Card {
        var report = Report(
            "Delete \(strong: one.film.name) from the disk?", lines: ["\(one.why)"],
            footer: "Everything is asked again before the file goes; the film stays in Radarr.", tone: .warning)
        if let size = one.size { report.fields.append(Report.Field("Frees", "\(ByteWords.words(size))", short: true)) }
        report.fields.append(Report.Field("File", "\(code: one.path)"))
        return Card(
            report, kind: deleteKind, subject: "\(one.id)",
            choices: [
                Card.Choice("Keep", value: "keep", weight: .main),
                Card.Choice("Delete", value: "delete", weight: .danger),
            ])
    }
}
