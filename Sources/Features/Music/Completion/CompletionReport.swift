// A verdict on completion in words, bars and a picture.

package import Canvas
package import Domain
internal import Pictures

package enum CompletionReport {
    private static let perPage = 25

    /// The first page tells how much; those after it list what is left to hear.
    package static func pages(
        _ verdict: CompletionVerdict, for listener: Listener, covers: [String: [UInt8]], doubt: String?, studio: Studio,
        linkHint: Prose
    ) async -> [Report] {
        let sentence = sentence(verdict, listener)
        var first = Report("\(verdict.artist)", lines: [sentence], tone: verdict.percent == 100 ? .good : .plain)
        if !listener.isCaller {
            first.lines.append(
                "I do not know who you are on Plex, so these are the plays of \(listener.person.name). \(linkHint)")
        }
        if let doubt { first.lines.append("⚠️ \(doubt)") }
        if !verdict.albums.isEmpty {
            first.fields.append(Report.Field("Albums", verdict.albums.map(bar).joined(by: "\n")))
        }
        if !verdict.favourites.isEmpty {
            let lines = verdict.favourites.prefix(5).map { track -> Prose in
                "\(track.plays)× \(track.title), \(track.album)"
            }
            first.fields.append(Report.Field("Most played", lines.joined(by: "\n")))
        }
        if verdict.featuredTotal > 0 {
            first.fields.append(
                Report.Field(
                    "On other albums",
                    "\(verdict.featuredPlayed) of \(verdict.featuredTotal) tracks on compilations, not counted above"))
        }
        first.picture = await picture(verdict, sentence: sentence, covers: covers, studio: studio)
        return [first] + unplayed(verdict)
    }

    private static func sentence(_ verdict: CompletionVerdict, _ listener: Listener) -> Prose {
        guard verdict.total > 0 else { return "There are no tracks of \(verdict.artist) on this server." }
        let numbers: Prose = "\(verdict.percent)% (\(verdict.played)/\(verdict.total))"
        return listener.isCaller
            ? "You have listened to \(numbers) of \(verdict.artist)'s collection on this server."
            : "\(listener.person.name) has listened to \(numbers) of \(verdict.artist)'s collection on this server."
    }

    private static func bar(_ album: CompletionVerdict.Album) -> Prose {
        let width = 10
        let done = album.total == 0 ? 0 : album.played * width / album.total
        let blocks = String(repeating: "█", count: done) + String(repeating: "░", count: width - done)
        let year = album.album.year.map { " (\($0))" } ?? ""
        return "\(code: blocks) \(album.played)/\(album.total) \(album.album.title)\(year)"
    }

    private static func unplayed(_ verdict: CompletionVerdict) -> [Report] {
        // Where nothing was played, everything is left: a list of it says nothing.
        guard verdict.played > 0 else { return [] }
        return stride(from: 0, to: verdict.unplayed.count, by: perPage).map { start in
            let tracks = verdict.unplayed[start..<min(start + perPage, verdict.unplayed.count)]
            return Report(
                "\(verdict.artist): not played yet",
                lines: tracks.map { "\($0.title), \($0.album)" },
                footer: "\(start + 1) to \(start + tracks.count) of \(verdict.unplayed.count)")
        }
    }

    private static func picture(
        _ verdict: CompletionVerdict, sentence: Prose, covers: [String: [UInt8]], studio: Studio
    ) async -> Report.Picture? {
        guard verdict.total > 0 else { return nil }
        let drawing = CollectionPicture(
            artist: verdict.artist, subtitle: sentence.plainText,
            albums: verdict.albums.map { album in
                CollectionPicture.Album(
                    album.album.title, year: album.album.year, cover: covers[album.album.key], played: album.played,
                    total: album.total)
            }, played: verdict.played, total: verdict.total)
        // The numbers are in the words already: an answer does not fail for want of its picture.
        guard let picture = try? await studio.draw({ try drawing.picture(named: "completion.png") }) else { return nil }
        return Report.Picture(name: picture.name, bytes: picture.bytes, alternative: picture.alternativeText)
    }

    package static func top(
        _ verdicts: [CompletionVerdict], for listener: Listener, doubt: String?, linkHint: Prose
    ) -> Report {
        var report = Report(
            listener.isCaller ? "Your most complete artists" : "\(listener.person.name)'s most complete artists")
        if !listener.isCaller { report.lines.append("I do not know who you are on Plex. \(linkHint)") }
        if let doubt { report.lines.append("⚠️ \(doubt)") }
        if verdicts.isEmpty { report.lines.append("Nothing of what was played is on this server.") }
        for (place, verdict) in verdicts.enumerated() {
            let width = 10
            let done = verdict.percent * width / 100
            let blocks = String(repeating: "█", count: done) + String(repeating: "░", count: width - done)
            report.lines.append(
                "\(place + 1). \(code: blocks) \(verdict.percent)% \(strong: verdict.artist) (\(verdict.played)/\(verdict.total))"
            )
        }
        report.footer = "Of the artists with the most different tracks played."
        return report
    }
}
