// The tracker's files, for other people's readers to judge: a calendar and lists of awkward titles on the way out, and
// whatever others wrote on the way in, told as JSON of one play a line.

internal import Domain
internal import FoundationEssentials
internal import Runtime
internal import Tracker

@main struct Lists {
    private static let now = Instant(seconds: 1_767_268_800)

    /// What breaks calendars, lists and spreadsheets.
    private static let titles = [
        "Plain", "Comma, semicolon; backslash \\ and \"quotes\"", "Two\nlines\r\nthree", "風の国 👩‍👩‍👧‍👦 Ünder é",
        "=HYPERLINK(\"http://example.org\")", "@cmd", "-1", "+49", "'apostrophe", " blanks ", "END:VEVENT",
        String(repeating: "long and läng ", count: 30), "\u{7}bell", "",
    ]

    static func main() throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count == 2 else { return usage() }
        let file = URL(filePath: words[1])
        switch words[0] {
        case "ics": try write(CalendarFile.text(calendar, name: "Robin’s shows, all", now: now), to: file)
        case "csv": try write(SeenFile.csv(rows), to: file)
        case "json": try write(try SeenFile.json(rows), to: file)
        case "titles": try JSONEncoder().encode(titles).write(to: file)
        case "read": try read(file)
        default: usage()
        }
    }

    private static func usage() {
        Program.complain("usage: lists ics | csv | json | titles | read FILE")
        Program.exit(64)
    }

    private static func write(_ text: String, to file: URL) throws { try Data(text.utf8).write(to: file) }

    private static var calendar: [ComingLine] {
        titles.enumerated().map { place, title in
            ComingLine(
                show: 1, title: "Show \(place)",
                episode: KnownEpisode(id: Int64(place + 1), season: 1, number: place + 1, title: title),
                day: Day(year: 2026, month: 2, day: 20) + place, isSeen: place == 0)
        }
    }

    private static var rows: [SeenRow] {
        titles.enumerated().map { place, title in
            SeenRow(
                show: title.isEmpty ? "Show" : title, year: 2018,
                showIDs: ShowIDs(tmdb: 91_000 + place, imdb: "tt9510001"),
                season: place % 3, number: place, title: title, episodeIDs: ShowIDs(tvdb: 7),
                watchedAt: now + .days(Int64(-place)))
        }
    }

    private static func read(_ file: URL) throws {
        let read = try SeenImport([UInt8](try Data(contentsOf: file)), now: now)
        for play in read.plays {
            StandardOutput.writeLine(String(decoding: try JSONEncoder().encode(play), as: UTF8.self))
        }
        StandardOutput.writeLine("{\"others\":\(read.others),\"problems\":\(read.problems.count)}")
    }
}
