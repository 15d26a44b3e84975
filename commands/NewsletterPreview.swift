// A letter shown on Discord, exactly as it would be sent: the highlights, the letter and its HTML as files, its pictures.

import Domain
import Newsletter
import People
import Runtime

extension NewsletterPreview {
    /// Discord takes 10 MiB from a bot, in ten files.
    private static let largest = 8 << 20

    func report(
        _ which: Which, for person: Person, toAdmin isAdmin: Bool, _ source: NewsletterSource
    ) async throws -> Report {
        var report = report
        report.lines.insert("For \(person.name): “\(subject)”", at: 0)
        let number = issue.number
        // A week that still runs has no page: tomorrow it would show another letter.
        if isAdmin, which != .running,
            let address = source.links.address(.preview, person: person.id, issue: number, at: source.clock.now)
        {
            report.lines.append("\(link: "See it at phone and desktop width", to: address)")
        }
        if isAdmin { report.lines += notes.prefix(5).map { "⚠️ \($0)" } }
        report.attachments = [
            Report.Attachment(
                name: "newsletter-\(number).eml", type: "message/rfc822", bytes: eml, about: "The letter as it is sent"),
            Report.Attachment(
                name: "newsletter-\(number).html", type: "text/html", bytes: Array(html.utf8),
                about: "The letter's HTML"
            ),
        ].filter { $0.bytes.count < Self.largest }
        var room = Self.largest - report.attachments.reduce(0) { $0 + $1.bytes.count }
        let shown = report.picture?.name
        for picture in pictures where picture.name != shown && picture.bytes.count > 8 << 10 {
            guard picture.bytes.count <= room, report.attachments.count < 9 else { break }
            room -= picture.bytes.count
            report.attachments.append(picture)
        }
        return report
    }
}
