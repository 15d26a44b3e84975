// The same issue elsewhere: as a page of the web, and as a report.

import Canvas
import Domain
import Letters
import Mail
import Newsletter
import NewsletterSamples
import Pictures
import Runtime
import Synchronization
import Testing

@Suite struct `An issue elsewhere` {
    @Test func `is a page with pictures at addresses, and no link to itself`() async throws {
        let press = try Workshop.press()
        let page = try await press.page(
            for: Workshop.reader(), issue: .rich, personal: .rich, pictures: Gallery.shared.pictures(of: .rich, press)
        ) { "/newsletter/12/\($0)?k=1&s=2" }
        #expect(!page.html.contains("cid:"))
        #expect(page.html.contains("src=\"/newsletter/12/race.gif?k=1&amp;s=2\""))
        #expect(!page.html.contains("Read on the web"))
        #expect(page.pictures.contains { $0.name == "race.gif" })
        #expect(HTMLScan(page.html).faults == [])
        #expect(page.title == "The Household: Nine of you watched Harbour Lights")
    }

    @Test func `is everybody's page without anybody's numbers`() async throws {
        let press = try Workshop.press()
        let page = try await press.page(issue: .rich, pictures: Gallery.shared.pictures(of: .rich, press)) { "/\($0)" }
        #expect(!page.html.contains("Your week"))
        #expect(!page.html.contains(">You<"))
        #expect(page.html.contains("Ann Whitfield"))
    }

    @Test func `is a report with its highlights and a picture`() async throws {
        let press = try Workshop.press()
        let report = press.report(
            .rich, await Gallery.shared.pictures(of: .rich, press), web: "https://plex.example.org/issues/12")
        #expect(report.title.parts.contains(.text("The Household")))
        #expect(report.fields.count == 4)
        #expect(report.picture?.name == "race.gif")
        #expect(
            report.lines.contains {
                $0.parts.contains(.link("Read the issue", url: "https://plex.example.org/issues/12"))
            })
    }

    @Test func `of a quiet server is a report all the same`() async throws {
        let press = try Workshop.press()
        let report = press.report(.empty, await Gallery.shared.pictures(of: .empty, press))
        #expect(report.fields == [] && report.picture == nil)
        #expect(report.lines == ["\(strong: "A quiet week")."])
    }

    @Test func `names nobody where nobody may be named`() async throws {
        let press = try Workshop.press(.nobody)
        let letter = try await Workshop.proof(press, .rich, .rich).letter
        for name in ["Whitfield", "Tanner", "Okafor", "Yusuf"] {
            #expect(!letter.html.contains(name) && !letter.text.contains(name))
        }
        let report = press.report(.rich, await Gallery.shared.pictures(of: .rich, press))
        #expect(!report.fields.contains { $0.value.parts.contains { "\($0)".contains("Tanner") } })
        #expect(report.picture?.name == "activity.png")
    }

    @Test func `asks for a poster once, however many letters show it`() async throws {
        let asked = Mutex<[String: Int]>([:])
        let press = try Workshop.press { path in
            asked.withLock { $0[path, default: 0] += 1 }
            return nil
        }
        let pictures = await press.pictures(of: .rich)
        for id in 1...3 {
            _ = try await press.letter(
                for: Workshop.reader(Int64(id)), issue: .rich, personal: .rich, pictures: pictures,
                date: .init(seconds: 0))
        }
        let counts = asked.withLock { $0 }
        #expect(counts.count > 30)
        #expect(counts.values.allSatisfy { $0 == 1 })
        // The next issue asks again: Plex may only have been away.
        _ = await press.pictures(of: .sample)
        #expect(asked.withLock { $0.values.contains(2) })
    }
}
