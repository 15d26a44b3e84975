// Two accounts that an admin knows to be one person's: on the dashboard and in the chat, without anybody on Discord.

import HTTP
import Runtime
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `Two accounts of one person` {
    typealias Guest = `The dashboard of a running program`.Visitor

    /// Both names on the page People, as the form of the hint has them.
    private static func pair(_ name: String, in page: String) throws -> (jellyfin: String, plex: String) {
        let table = try #require(page.firstRange(of: "Perhaps the same"))
        let row = try #require(
            page[table.upperBound...].split(separator: "<tr>").first { $0.contains("<strong>\(name)</strong>") })
        return (Guest.field("jellyfin", in: String(row)), Guest.field("plex", in: String(row)))
    }

    @Test func `are merged on the dashboard after a question, and parted again`() async throws {
        try await `A person with a Jellyfin account`.evening { evening, _, port in
            try await `A person with a Jellyfin account`.census(evening)
            try await `The dashboard of a running program`.enter(evening, port: port) { visitor in
                let list = try await visitor.ask("/dashboard/people").text
                let (jellyfin, plex) = try Self.pair("Ann", in: list)
                let form = [
                    ("word", Guest.field("word", in: list)), ("here", "people"), ("jellyfin", jellyfin), ("plex", plex),
                ]
                let forged = try await visitor.ask("/dashboard/people/merge", form: Array(form.dropFirst()))
                #expect(forged.status == 403)
                var stranger = visitor
                stranger.cookie = ""
                let turnedAway = try await stranger.ask("/dashboard/people/merge", form: form + [("sure", "yes")])
                #expect(turnedAway.status == 303)
                let question = try await visitor.ask("/dashboard/people/merge", form: form)
                #expect(question.status == 200 && question.text.contains("one person?"), "\(question.text)")
                let untouched = try await visitor.ask("/dashboard/people/\(plex)").text
                #expect(untouched.contains("Merge with them"))

                let done = try await visitor.ask("/dashboard/people/merge", form: form + [("sure", "yes")])
                let place = try #require(done.headers["Location"])
                let merged = try await visitor.ask(place).text
                #expect(place.hasPrefix("/dashboard/people/\(plex)"))
                #expect(merged.contains("from now on") && merged.contains("Part Plex and Jellyfin"), "\(merged)")
                // The number of before leads to the one person.
                let old = try await visitor.ask("/dashboard/people/\(jellyfin)").text
                #expect(old.contains("Part Plex and Jellyfin"))
                let again = try await visitor.ask("/dashboard/people/merge", form: form + [("sure", "yes")])
                let refused = try await visitor.ask(try #require(again.headers["Location"])).text
                #expect(refused.contains("part these two first"), "\(refused)")

                // Whoever lets go of a link leaves it as it is.
                _ = try await evening.ask("!plex link <@\(House.ann)> ann")
                let own = try await evening.slash("plex unlink", options: ["service": "jellyfin"], as: House.ann)
                #expect(own.allText.contains("An admin said that Ann on Jellyfin"), "\(own.allText)")
                _ = try await evening.slash("plex unlink", as: House.ann)
                let still = try await visitor.ask("/dashboard/people/\(plex)").text
                #expect(still.contains("Part Plex and Jellyfin"))

                let part = [("word", Guest.field("word", in: still)), ("person", plex), ("here", "people/\(plex)")]
                let sure = try await visitor.ask("/dashboard/people/part", form: part)
                #expect(sure.text.contains("two people?"), "\(sure.text)")
                let parted = try await visitor.ask("/dashboard/people/part", form: part + [("sure", "yes")])
                let apart = try await visitor.ask(try #require(parted.headers["Location"])).text
                #expect(apart.contains("not") && apart.contains("Merge with them"), "\(apart)")
            }
            try await LedgerDesk.open(evening, port) { desk in
                let path = try await desk.entry("people.part")
                let typed = try desk.words(try await desk.page(path))
                #expect(typed == "link --plex ann --jellyfin Ann")
                let (_, told) = try await desk.undo(path)
                #expect(told.contains("They are one again"), "\(told)")
            }
        }
    }

    @Test func `are merged and parted in the chat, by the words the ledger shows`() async throws {
        try await `A person with a Jellyfin account`.evening { evening, _, port in
            try await `A person with a Jellyfin account`.census(evening)
            let stranger = try await evening.ask("!plex link --plex bo --jellyfin tanner", as: House.chris)
            #expect(stranger.allText.contains("A name proves nothing"), "\(stranger.allText)")
            _ = try await evening.ask("!plex link --plex bo --jellyfin tanner")
            let twice = try await evening.ask("!plex link --plex bo --jellyfin Ines")
            #expect(twice.allText.contains("part these two first"), "\(twice.allText)")
            try await LedgerDesk.open(evening, port) { desk in
                let path = try await desk.entry("people.join")
                let joined = try await desk.page(path)
                #expect(joined.contains("tanner on Jellyfin is Bo Tanner on Plex"), "\(joined)")
                let typed = try desk.words(joined)
                let other = try await evening.ask("!plex \(typed)", as: House.chris)
                #expect(other.allText.contains("Only admins"), "\(other.allText)")
                _ = try await evening.ask("!plex \(typed)")
                let page = try await desk.page(path)
                #expect(page.contains("They are parted already"), "\(page)")
                _ = try await evening.ask(
                    "!plex \(try desk.words(try await desk.page(try await desk.entry("people.part"))))")
                let again = try await desk.entry("people.join")
                #expect(again != path)
            }
        }
    }

    /// Looks again whenever the program says something, until it says so.
    private static func wait(
        _ evening: Evening, _ visitor: Guest, _ path: String, until isSo: (String) -> Bool
    ) async throws -> String {
        try await evening.logbook.until {
            let page = try await visitor.ask(path).text
            return isSo(page) ? page : nil
        }
    }

    @Test func `have one list of shows while they are one, and their own when they are parted`() async throws {
        try await `The tracker`.evening { evening, _, port in
            try await `The tracker`.read(evening)
            _ = try await evening.ask("!plex jobs run people")
            try await `The dashboard of a running program`.enter(evening, port: port) { visitor in
                let tracker = "/dashboard/tracker"
                func isThere(_ name: String) -> (String) -> Bool { { $0.contains("<strong>\(name)</strong>") } }
                let found = try await Self.wait(evening, visitor, "/dashboard/people?name=Ines", until: isThere("Ines"))
                let place = try #require(found.firstRange(of: "/dashboard/people/"))
                let ines = String(found[place.upperBound...].prefix { $0.isNumber })
                // What Robin has seen, as a file that Ines brings.
                let list = try await visitor.ask("\(tracker)/person/1/shows.csv").body
                let page = try await visitor.ask("\(tracker)/person/\(ines)").text
                let fields = [("word", Guest.field("word", in: page)), ("person", ines), ("here", "tracker")]
                let taken = try await visitor.http.send(
                    HTTPRequest(
                        "POST", visitor.home + "\(tracker)/import", headers: [(name: "Cookie", value: visitor.cookie)],
                        body: .multipart(
                            fields.map { .init(name: $0.0, type: "text/plain", bytes: Array($0.1.utf8)) }
                                + [.init(name: "list", filename: "list.csv", type: "text/csv", bytes: list)])))
                #expect(taken.status == 303)
                _ = try await Self.wait(evening, visitor, "\(tracker)/person/\(ines)") { $0.contains("Coppergate") }
                let before = try await Self.wait(evening, visitor, tracker, until: isThere("Ines"))
                #expect(!isThere("gus")(before))

                _ = try await evening.ask("!plex link --plex gus --jellyfin Ines")
                // Whatever the tracker does next, it looks first who is who.
                _ = try await evening.ask("!plex tracker replay 1", in: House.admin)
                let one = try await Self.wait(evening, visitor, tracker, until: isThere("gus"))
                #expect(!isThere("Ines")(one), "nobody is there twice")
                let old = try await visitor.ask("\(tracker)/person/\(ines)").text
                #expect(old.contains("Coppergate"), "the number of before shows the one list")

                _ = try await evening.ask("!plex unlink --jellyfin Ines")
                _ = try await evening.ask("!plex tracker replay 1", in: House.admin)
                let two = try await Self.wait(evening, visitor, tracker, until: isThere("Ines"))
                let gus = try await Self.wait(evening, visitor, tracker) { !isThere("gus")($0) }
                #expect(isThere("Ines")(two) && isThere("Ines")(gus))
            }
        }
    }
}
