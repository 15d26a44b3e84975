// Values in order, options by name, both mixed; and what is said when they are wrong.

import Domain
import Testing

@testable import Bot

@Suite struct ArgumentReaderTests {
    static let options: [Option] = [
        .person("who", "Whose"),
        .number("days", "How many days", 1...365),
        .choice("order", "In which order", [.init("By date", value: "date"), .init("By rating", value: "rating")]),
        .flag("dry-run", "Only shows what would happen"),
        .text("title", "Which title", rest: true, longest: 40),
    ]
    static let names = MentionNames(
        caller: PersonMention(discord: 7, name: "ann"), names: [100_000_000_000_000_002: "ben"])

    func read(_ line: String, _ options: [Option] = options) throws(Complaint) -> Arguments {
        try ArgumentReader.arguments(of: try Words.split(line), for: options, names: Self.names)
    }

    @Test(arguments: [
        "<@100000000000000002> 30 rating Kind of Blue --dry-run",
        "--days 30 --order=rating <@!100000000000000002> --dry-run Kind of Blue",
        "days:30 order:rating who:100000000000000002 dry-run:yes title:Kind of Blue",
        "—dry-run --title “Kind of Blue” <@100000000000000002> 30 RATING",
        "DAYS:30 <@100000000000000002> rat dry_run:on Kind of Blue",
    ])
    func `the same is understood however it is written`(line: String) throws {
        let arguments = try read(line)
        #expect(arguments.person("who") == PersonMention(discord: 100_000_000_000_000_002, name: "ben"))
        #expect(arguments.number("days") == 30)
        #expect(arguments.text("order") == "rating")
        #expect(arguments.flag("dry-run"))
        #expect(arguments.text("title") == "Kind of Blue")
    }

    @Test func `an optional value may be left out before others`() throws {
        let arguments = try read("Kind of Blue")
        #expect(arguments.text("title") == "Kind of Blue")
        #expect(!arguments.has("days") && !arguments.has("who") && !arguments.flag("dry-run"))
    }

    @Test func `me is the caller`() throws {
        #expect(try read("me").person("who") == PersonMention(discord: 7, name: "ann"))
    }

    @Test func `a flag can be said no to`() throws {
        #expect(try !read("--no-dry-run x").flag("dry-run"))
        #expect(try !read("dry-run:no x").flag("dry-run"))
        #expect(try !read("--dry-run=off x").flag("dry-run"))
    }

    @Test func `after two dashes everything is text`() throws {
        #expect(try read("30 -- --dry-run is a title").text("title") == "--dry-run is a title")
    }

    @Test func `what is quoted is never an option`() throws {
        #expect(try read(#""--dry-run""#).text("title") == "--dry-run")
    }

    @Test func `a dash in a title is a dash`() throws {
        #expect(try read("Koyaanisqatsi – Live").text("title") == "Koyaanisqatsi – Live")
    }

    @Test(arguments: [
        ("--days 400", "days must be between 1 and 365."),
        ("--days many", "days must be a whole number, not “many”."),
        ("--days", "days needs a value."),
        ("--days --dry-run", "days needs a value."),
        ("--days 3 days:4", "days is given twice."),
        ("--dry-run=perhaps", "dry-run must be yes or no, not “perhaps”."),
        ("--order size", "order cannot be “size”."),
        ("--who someone", "who must be a person, not “someone”."),
        ("--dyas 3", "There is no option --dyas here."),
        ("--title \"\"", "title must not be empty."),
        (String(repeating: "long ", count: 20), "title may have at most 40 characters, not 99."),
    ])
    func `what is wrong is said in one sentence`(line: String, sentence: String) {
        let complaint = #expect(throws: Complaint.self) { try read(line) }
        #expect(complaint?.plain == sentence)
    }

    @Test func `a missing value is named with what it is for`() {
        let complaint = #expect(throws: Complaint.self) {
            try read("", [.text("artist", "The artist to look for", required: true)])
        }
        #expect(complaint?.plain == "artist is missing: the artist to look for.")
    }

    @Test func `a word too many is told`() {
        let complaint = #expect(throws: Complaint.self) { try read("1 2", [.number("days", "Days", 1...9)]) }
        #expect(complaint?.plain == "I do not know what to do with “2”.")
    }

    @Test func `a mistyped option or choice is guessed`() {
        let option = #expect(throws: Complaint.self) { try read("--dyas 3") }
        #expect(option?.advice.first == "Did you mean \(code: "--days")?")
        let choice = #expect(throws: Complaint.self) { try read("--order ratign") }
        #expect(choice?.advice.first == "Did you mean \(code: "rating")?")
    }

    @Test func `lengths are counted in code points`() throws {
        // One family for the eye, seven code points for Discord.
        let family = "👨‍👩‍👧‍👦"
        #expect(try read(family, [.text("t", "T", longest: 7)]).text("t") == family)
        #expect(throws: Complaint.self) { try read(family, [.text("t", "T", longest: 6)]) }
    }

    @Test(arguments: ["9223372036854775808", "-1", "1e3", "٣", "0x10", "1.5"])
    func `no strange number passes for one`(text: String) {
        #expect(throws: Complaint.self) { try read(text, [.number("n", "N", 0...10)]) }
    }

    @Test(arguments: [("1.5", 1.5), ("1,5", 1.5), ("2", 2)])
    func `decimals take point and comma`(text: String, value: Double) throws {
        #expect(try read(text, [.decimal("n", "N", 0...10)]).decimal("n") == value)
    }

    @Test(arguments: ["nan", "inf", "11", "x"])
    func `no strange decimal passes for one`(text: String) {
        #expect(throws: Complaint.self) { try read(text, [.decimal("n", "N", 0...10)]) }
    }
}
