// Pages without a login: only the right link opens one, looking changes nothing, and nobody's name becomes markup.

import HTTP
import Newsletter
import Runtime
import Sockets
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1))) struct `The newsletter's pages` {
    // MARK: Links

    @Test(arguments: NewsletterLinks.Purpose.allCases)
    func `a page opens by its own link only`(_ purpose: NewsletterLinks.Purpose) async throws {
        try await Pages.open { pages in
            let right = pages.path(purpose, issue: 3)
            let fine = try await pages.ask(right)
            #expect(fine.status == 200, "\(fine.text)")
            let start = "/newsletter/\(purpose.rawValue)/"
            let token = String(right.dropFirst(start.count))
            let wrong = NewsletterLinks.Purpose.allCases.filter { $0 != purpose }.map {
                String(pages.path($0, issue: 3).split(separator: "/").last ?? "")
            }
            let letter = token.hasPrefix("B") ? "C" : "B"
            for bad in wrong + [
                String(token.dropLast()), letter + token.dropFirst(), token + "A", "x", "..", "%00", "a b",
                String(repeating: "A", count: 5000),
            ] {
                let answer = try await pages.ask(start + bad.percentEncoded())
                #expect([404, 414, 431].contains(answer.status), "\(bad.prefix(60)): \(answer.status)")
                #expect(!answer.text.contains("Ann"))
            }
        }
    }

    @Test func `an old link says so, and one to leave never grows old`() async throws {
        try await Pages.open { pages in
            let paths = NewsletterLinks.Purpose.allCases.map { purpose in
                (purpose, pages.path(purpose, issue: 3, lasts: purpose == .unsubscribe ? nil : .days(1)))
            }
            await pages.clock.advance(by: .days(4000))
            for (purpose, path) in paths {
                let answer = try await pages.ask(path)
                #expect(answer.status == (purpose == .unsubscribe ? 200 : 410), "\(purpose)")
                if purpose == .templates { #expect(answer.text.contains("ask for a new one")) }
            }
        }
    }

    @Test(arguments: [
        (NewsletterLinks.Purpose.unsubscribe, ["PUT", "DELETE", "PATCH"]), (.preferences, ["PUT", "DELETE"]),
        (.archive, ["POST", "PUT"]), (.preview, ["POST"]), (.templates, ["POST", "DELETE"]),
    ])
    func `a page takes no other method`(_ purpose: NewsletterLinks.Purpose, _ methods: [String]) async throws {
        try await Pages.open { pages in
            for method in methods {
                let answer = try await pages.ask(method, pages.path(purpose, issue: 3), .form([("letters", "1")]))
                #expect(answer.status == 405 && answer.headers["allow"]?.contains("GET") == true, "\(method)")
            }
            #expect(try await pages.gets())
        }
    }

    @Test(arguments: NewsletterLinks.Purpose.allCases)
    func `a page is looked at without its body, and nothing changes`(_ purpose: NewsletterLinks.Purpose) async throws {
        try await Pages.open { pages in
            let path = pages.path(purpose, issue: 3)
            let whole = try await pages.ask(path)
            let head = try await pages.ask("HEAD", path)
            #expect(head.status == 200 && head.body.isEmpty)
            #expect(head.headers["content-type"] == whole.headers["content-type"])
            #expect(head.headers["content-security-policy"] == whole.headers["content-security-policy"])
            let forged = try await pages.ask("HEAD", path.dropLast(2) + "AA")
            #expect(forged.status == 404)
            let choice = try await pages.consent.choice(of: 7)
            #expect(choice == nil, "a scanner of mail has looked, nobody has chosen")
        }
    }

    @Test(arguments: [NewsletterLinks.Purpose.unsubscribe, .preferences])
    func `a link that is forged or old changes nothing`(_ purpose: NewsletterLinks.Purpose) async throws {
        try await Pages.open { pages in
            let path = pages.path(purpose, lasts: .days(1))
            let other = pages.path(purpose == .unsubscribe ? .preferences : .unsubscribe)
            let token = String(path.split(separator: "/").last ?? "")
            let swapped = other.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/" + token
            let body = HTTPRequest.Body.form([("List-Unsubscribe", "One-Click"), ("whole", "1")])
            for bad in [String(path.dropLast(2) + "AA"), swapped] {
                let answer = try await pages.ask("POST", bad, body)
                #expect(answer.status == 404, "\(bad)")
            }
            await pages.clock.advance(by: .days(2))
            let old = try await pages.ask("POST", path, body)
            #expect(old.status == 410 && old.text.contains("This link is old"))
            #expect(try await pages.gets())
            let choice = try await pages.consent.choice(of: 7)
            #expect(choice == nil)
        }
    }

    // MARK: Looking

    @Test(arguments: [NewsletterLinks.Purpose.preview, .templates])
    func `a letter is looked at as wide as a phone and a desk, and as text`(
        _ purpose: NewsletterLinks.Purpose
    ) async throws {
        try await Pages.open { pages in
            let path = pages.path(purpose, issue: 3)
            let page = try await pages.ask(path)
            for width in [375, 700] {
                #expect(page.text.contains("<iframe src=\"\(path)/letter\""), "\(page.text)")
                #expect(page.text.contains("width=\"\(width)\""))
            }
            for part in ["/letter", "/text"] {
                let framed = try await pages.ask(path + part)
                #expect(framed.status == 200, "\(part)")
                // In a frame of ours and nobody else's.
                let policy = framed.headers["content-security-policy"] ?? ""
                #expect(policy.contains("frame-ancestors 'self'"), "\(policy)")
            }
            #expect(page.headers["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
        }
    }

    // MARK: Leaving

    @Test(arguments: [
        HTTPRequest.Body.form([("List-Unsubscribe", "One-Click")]),
        .multipart([.init(name: "List-Unsubscribe", type: "text/plain", bytes: Array("One-Click".utf8))]), .empty,
    ])
    func `one click leaves, as RFC 8058 sends it`(_ body: HTTPRequest.Body) async throws {
        try await Pages.open { pages in
            let path = pages.path(.unsubscribe, lasts: nil)
            for _ in 0..<3 {
                let asked = try await pages.ask(path)
                #expect(asked.status == 200 && asked.text.contains("Leave the newsletter?"))
            }
            #expect(try await pages.gets(), "a look must not unsubscribe: scanners of mail look")
            for _ in 0..<2 {
                let left = try await pages.ask("POST", path, body)
                // §3.1: no redirect, which not every sender of the POST would follow.
                #expect(left.status == 200 && left.text.contains("You have left"))
            }
            #expect(try await !pages.gets())
            let again = try await pages.ask(path)
            #expect(again.text.contains("You have left"))
        }
    }

    @Test func `somebody who is gone may leave all the same`() async throws {
        try await Pages.open { pages in
            let left = try await pages.ask("POST", pages.path(.unsubscribe, person: 99, lasts: nil), .empty)
            #expect(left.status == 200)
            let choice = try await pages.consent.choice(of: 99)
            #expect(choice?.wish == .unsubscribed)
            let chosen = try await pages.ask(pages.path(.preferences, person: 99))
            #expect(chosen.text.contains("not on this server any more"))
        }
    }

    // MARK: Preferring

    @Test func `preferences are saved as ticked`() async throws {
        try await Pages.open { pages in
            let path = pages.path(.preferences)
            let saved = try await pages.ask(
                "POST", path,
                .form([
                    ("whole", "1"), ("letters", "on"), ("section", "you"), ("section", "charts"), ("section", "<x>"),
                ]))
            #expect(saved.status == 200 && saved.text.contains("Saved."))
            let choice = try await pages.consent.choice(of: 7)
            #expect(choice?.without == Set(NewsletterSection.allCases).subtracting([.you, .charts]))
            #expect(choice?.isNamed == false)
            #expect(try await pages.gets())
            let shown = try await pages.ask(path)
            #expect(shown.text.contains("value=\"you\" checked") && !shown.text.contains("value=\"people\" checked"))
            _ = try await pages.ask("POST", path, .form([("whole", "1"), ("named", "on")]))
            #expect(try await !pages.gets())
        }
    }

    @Test func `a form that was cut changes nothing`() async throws {
        try await Pages.open { pages in
            for body in [HTTPRequest.Body.empty, .form([("section", "you")])] {
                let answer = try await pages.ask("POST", pages.path(.preferences), body)
                #expect(answer.status == 400)
            }
            let large = try await pages.ask(
                "POST", pages.path(.preferences), .form([("whole", String(repeating: "x", count: 20_000))]))
            #expect(large.status == 413)
            let choice = try await pages.consent.choice(of: 7)
            #expect(choice?.without.isEmpty ?? true)
            #expect(try await pages.gets())
        }
    }

    // MARK: What a page may do

    @Test func `no name becomes markup, no page may do more than it needs`() async throws {
        try await Pages.open { pages in
            pages.desktop.change {
                $0.notes = ["hero.mustache, line 2: <script>alert(2)</script>"]
                $0.text = "</pre><script>alert(3)</script>"
            }
            let look = pages.path(.preview, issue: 3)
            for path in [
                pages.path(.unsubscribe), pages.path(.preferences), pages.path(.archive), look, look + "/text",
                pages.path(.templates), "/newsletter/archive/x",
            ] {
                let page = try await pages.ask(path)
                #expect(!page.text.contains("<script>") && !page.text.contains("<b>"), "\(path)")
                #expect(!page.text.contains("javascript:") && !page.text.contains(" onload="))
                let policy = try #require(page.headers["content-security-policy"])
                #expect(policy.hasPrefix("default-src 'none'") && !policy.contains("script-src 'unsafe"))
                #expect(policy.contains("script-src") == path.hasPrefix("/newsletter/templates/"))
                #expect(page.headers["referrer-policy"] == "no-referrer")
                #expect(page.headers["cache-control"] == "no-store")
                #expect(page.headers["x-content-type-options"] == "nosniff")
            }
        }
    }

    @Test func `a letter's own page runs nothing, whatever a template says`() async throws {
        try await Pages.open { pages in
            for path in [pages.path(.templates) + "/letter", pages.path(.archive, issue: 3)] {
                let letter = try await pages.ask(path)
                #expect(letter.headers["content-security-policy"]?.contains("script-src") == false)
                let source = try #require(letter.text.split(separator: "src=\"").last?.prefix { $0 != "\"" })
                let picture = try await pages.ask(String(source))
                #expect(picture.status == 200 && picture.body == [1, 2, 3])
                let none = try await pages.ask(String(source) + "x")
                #expect(none.status == 404)
            }
            let missing = try await pages.ask(pages.path(.archive, issue: 4))
            #expect(missing.status == 404)
        }
    }
}
