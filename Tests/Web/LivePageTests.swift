// The page that follows the owner's templates: told once at first, then with each change, and never left in the dark.

import HTTP
import Newsletter
import Runtime
import Sockets
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct `The page for templates` {
    private static func read(_ event: [UInt8]?) throws -> String {
        let event = try #require(event)
        let text = String(decoding: event, as: UTF8.self)
        // One event: a line break in what it says would end it early.
        #expect(text.hasPrefix("event: letter\nid: ") && text.hasSuffix("}\n\n") && text.count(where: \.isNewline) == 4)
        return text
    }

    @Test func `is told what it shows, and each change of a file`() async throws {
        try await Pages.open { pages in
            var events = pages.site.events(.init(person: 7), at: pages.path(.templates)).makeAsyncIterator()
            let first = try Self.read(await events.next())
            #expect(first.contains("Letter<\\/b> 1") && first.contains("\"notes\":[]"), "\(first)")

            async let moves: Void = {
                await pages.clock.sleepers(atLeast: 1)
                pages.desktop.change {
                    $0.mark = 2
                    $0.notes = ["hero.mustache, line 2, column 5:\n\"x\""]
                }
                await pages.clock.advance(by: .seconds(1))
            }()
            let second = try Self.read(await events.next())
            await moves
            #expect(second.contains("Letter<\\/b> 2") && second.contains("hero.mustache, line 2, column 5:\\n"))
        }
    }

    @Test func `is told why there is no letter, and shows it when there is one again`() async throws {
        try await Pages.open { pages in
            pages.desktop.change { $0.failure = Pages.Trouble(description: "Tautulli is away") }
            var events = pages.site.events(.init(person: 7), at: pages.path(.templates)).makeAsyncIterator()
            let first = try Self.read(await events.next())
            #expect(first.contains("\"trouble\":\"The letter cannot be made at the moment: Tautulli is away\""))
            let page = try await pages.ask(pages.path(.templates))
            #expect(page.status == 503)

            async let moves: Void = {
                await pages.clock.sleepers(atLeast: 1)
                pages.desktop.change { $0.failure = nil }
                await pages.clock.advance(by: .minutes(1))
            }()
            let second = try Self.read(await events.next())
            await moves
            #expect(second.contains("Letter") && !second.contains("trouble"))
        }
    }

    @Test func `is made once for its frames, and anew when a file changed`() async throws {
        try await Pages.open { pages in
            let path = pages.path(.templates)
            for part in ["", "/letter", "/letter/a.png", "/text"] {
                let answer = try await pages.ask(path + part)
                #expect(answer.status == 200, "\(part)")
            }
            #expect(pages.desktop.now.made == 1)
            pages.desktop.change {
                $0.mark = 2
                $0.text = "Other text"
            }
            let text = try await pages.ask(path + "/text")
            #expect(text.text.contains("Other text") && pages.desktop.now.made == 2)
        }
    }

    @Test func `runs one script, from a file, and it builds no markup`() async throws {
        try await Pages.open { pages in
            let page = try await pages.ask(pages.path(.templates))
            #expect(page.text.split(separator: "<script").count == 2)
            #expect(page.text.contains("<script src=\"/newsletter/live.js\" defer></script>"))
            let script = try await pages.ask("/newsletter/live.js")
            #expect(script.status == 200 && script.headers["content-type"] == "text/javascript; charset=utf-8")
            for word in ["innerHTML", "insertAdjacentHTML", "document.write", "eval("] {
                #expect(!script.text.contains(word))
            }
            let look = try await pages.ask(pages.path(.preview, issue: 3))
            #expect(!look.text.contains("<script"))
            let events = try await pages.ask(pages.path(.preview, issue: 3) + "/events")
            #expect(events.status == 404, "only the templates' page is followed")
        }
    }
}
