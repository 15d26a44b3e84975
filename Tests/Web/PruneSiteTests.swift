// "I'm still here" on the web, over real requests: looking changes nothing, pressing acts once for the right person, and
// every other answer is a sentence.

import Crypto
import Domain
import HTTP
@testable import Prune
import Runtime
import Sockets
import Synchronization
import Testing

@testable import Web

private let noon = Instant(seconds: 1_796_212_800)

/// One member of the server, and the page that acts for them.
private final class Porch: Sendable {
    struct State {
        var standing: PruneStanding?
        var answer: HereAnswer = .moved(until: noon + .days(14), left: 1)
        var said: [Int64] = []
        var fails = false
    }
    struct Down: Error {}

    let state: Mutex<State>
    let clock = VirtualClock(noon)
    let links = PruneLinks(.random(), home: "https://plex.example.org/")

    init(_ verdict: PruneVerdict = .active, heresLeft: Int = 2, left: Duration = .days(3)) {
        let person = Person(id: 7, name: "<b>Ann</b>", firstSeen: noon - .days(400))
        let baseline = Baseline(at: noon - .days(27), why: .hold)
        state = Mutex(
            State(
                standing: PruneStanding(
                    person: person, verdict: verdict, baseline: baseline, stamp: baseline.at, idle: .days(27),
                    left: left, due: noon + max(.zero, left), heresLeft: heresLeft)))
    }

    func site(_ name: String) -> PruneSite {
        PruneSite(
            links: links, serverName: { name }, place: LocalTime(zone: "Europe/Berlin") ?? .utc, hereDays: 14,
            standing: { id in
                try self.state.withLock { state in
                    if state.fails { throw Down() }
                    return state.standing.flatMap { $0.person.id == id ? $0 : nil }
                }
            },
            say: { id in
                self.state.withLock { state in
                    state.said.append(id)
                    return state.answer
                }
            }, clock: clock, log: .silent)
    }

    func token(person: Int64 = 7, lapse: Instant? = noon - .days(27)) -> String {
        links.token(for: .init(person: person, lapse: lapse, expires: noon + .days(33)))
    }

    var said: [Int64] { state.withLock { $0.said } }

    func ask(
        _ method: String, _ token: String? = nil, named name: String = "The Household"
    ) async throws -> HTTPResponse {
        let loop = try EventLoop(name: "test", log: .silent)
        let server = try await HTTPServer.start(on: loop, port: 0, routes: site(name).routes, log: .silent)
        let http = try HTTPClient(userAgent: "test")
        let outcome: Result<HTTPResponse, any Error>
        do {
            outcome = .success(
                try await http.send(
                    HTTPRequest(method, "http://127.0.0.1:\(server.port)/prune/here/\(token ?? self.token())")))
        } catch { outcome = .failure(error) }
        await http.stop()
        await server.stop()
        await loop.stop()
        return try outcome.get()
    }
}

@Suite(.timeLimit(.minutes(1))) struct `The page of who is still here` {
    @Test func `asks, and a look at it says nothing`() async throws {
        let porch = Porch()
        let page = try await porch.ask("GET")
        #expect(page.status == 200)
        #expect(page.text.contains("<h1>Stay on The Household</h1>"))
        #expect(page.text.contains("ends on Saturday, 5 December 2026, 13:00 CET (UTC+1)."))
        #expect(page.text.contains("at least 14 days from now. You can do this twice."))
        #expect(page.text.contains("<form method=\"post\"><button>I’m still here</button></form>"))
        #expect(porch.said == [])
    }

    @Test func `acts for whom the link was signed for, and tells the new date`() async throws {
        let porch = Porch()
        let page = try await porch.ask("POST")
        #expect(page.status == 200)
        #expect(page.text.contains("lasts until Wednesday, 16 December 2026, 13:00 CET (UTC+1)."))
        #expect(page.text.contains("You can say so once more."))
        #expect(porch.said == [7])
    }

    @Test func `lets nothing run and tells nobody its address`() async throws {
        for method in ["GET", "POST"] {
            let page = try await Porch().ask(method)
            let policy = page.headers["Content-Security-Policy"] ?? ""
            #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            #expect(policy.contains("form-action 'self'") && !policy.contains("script-src"))
            #expect(page.headers["Referrer-Policy"] == "no-referrer" && page.headers["Cache-Control"] == "no-store")
        }
    }

    @Test func `refuses beyond the limit, before the button and after it`() async throws {
        let porch = Porch(heresLeft: 0)
        porch.state.withLock { $0.answer = .noMore(until: noon + .days(3)) }
        for method in ["GET", "POST"] {
            let page = try await porch.ask(method)
            #expect(page.status == 409)
            #expect(page.text.contains("as often as it counts"))
            #expect(page.text.contains("Saturday, 5 December 2026, 13:00 CET (UTC+1), unless you play anything"))
            #expect(!page.text.contains("<button>"))
        }
    }

    @Test func `says it was the last time`() async throws {
        let porch = Porch(heresLeft: 1)
        porch.state.withLock { $0.answer = .moved(until: noon + .days(14), left: 0) }
        let page = try await porch.ask("POST")
        #expect(page.text.contains("That was the last time"))
    }

    @Test func `never names a date before the one in the letter`() async throws {
        // Over the limit by the count, and yet warned only a day ago: the letter's date holds.
        let porch = Porch(.inactive, left: .days(-1))
        #expect(try await porch.ask("GET").text.contains("Saturday, 5 December 2026, 13:00"))
        let old = porch.links.token(for: .init(person: 7, expires: noon + .days(29)))
        #expect(try await porch.ask("GET", old).text.contains("your access ends any moment now"))
    }

    @Test(arguments: [
        (PruneVerdict.immune(.owner), Duration.days(3), "Nothing to do"),
        (.held(until: noon + .days(9)), .days(3), "until Friday, 11 December 2026"),
        (.paused(until: noon + .days(9)), .days(3), "until Friday, 11 December 2026"),
        (.active, .days(20), "until Tuesday, 22 December 2026"), (.new(until: noon), .days(30), "You have time"),
    ])
    func `has nothing to ask of who is safe, or has as long anyway`(
        verdict: PruneVerdict, left: Duration, words: String
    ) async throws {
        let page = try await Porch(verdict, left: left).ask("GET")
        #expect(page.status == 200 && page.text.contains(words) && !page.text.contains("<button>"))
    }

    @Test func `asks also where it is not known whether they are safe`() async throws {
        #expect(try await Porch(.unknown("Discord is away")).ask("GET").text.contains("<button>"))
    }

    @Test(arguments: [
        (HereAnswer.notNeeded(until: noon + .days(20)), 200, "You have time"),
        (.safe("VIP"), 200, "Nothing to do"), (.unknown, 404, "not on this server any more"),
    ])
    func `has a sentence for every answer`(answer: HereAnswer, status: Int, words: String) async throws {
        let porch = Porch()
        porch.state.withLock { $0.answer = answer }
        let page = try await porch.ask("POST")
        #expect(page.status == status && page.text.contains(words))
    }

    @Test(arguments: ["GET", "POST"])
    func `does not act on a link that is old, cut, forged or another's`(method: String) async throws {
        let porch = Porch()
        let old = porch.links.token(for: .init(person: 7, expires: noon - .seconds(1)))
        let expired = try await porch.ask(method, old)
        #expect(expired.status == 410 && expired.text.contains("has expired"))
        let cut = try await porch.ask(method, String(porch.token().dropLast()))
        #expect(cut.status == 404 && cut.text.contains("not whole"))
        let forged = PruneLinks(.random(), home: nil).token(for: .init(person: 7))
        #expect(try await porch.ask(method, forged).status == 404)
        let nobody = try await porch.ask(method, porch.token(person: 8))
        #expect(nobody.status == 404 && nobody.text.contains("ask the owner of The Household"))
        #expect(porch.said == [])
    }

    @Test(arguments: ["GET", "POST"])
    func `does not act on a letter from before they watched`(method: String) async throws {
        let porch = Porch()
        let page = try await porch.ask(method, porch.token(lapse: noon - .days(60)))
        #expect(page.status == 200 && page.text.contains("That letter is void"))
        #expect(porch.said == [])
    }

    @Test(arguments: ["GET", "POST"])
    func `asks for patience when nothing can be read`(method: String) async throws {
        let porch = Porch()
        porch.state.withLock { $0.fails = true }
        let page = try await porch.ask(method)
        #expect(page.status == 503 && page.text.contains("Please try again"))
        #expect(porch.said == [])
    }

    @Test func `shows no name as markup`() async throws {
        let page = try await Porch().ask("GET", named: "<script>alert(1)</script>")
        #expect(!page.text.contains("<script>") && page.text.contains("&lt;script&gt;"))
    }
}

@Suite struct `A link to say so` {
    private let links = PruneLinks(.random(), home: "https://plex.example.org")

    @Test func `is in reminders and warnings, and good for a month after their date`() throws {
        let warning = PruneNotice(
            .warning, person: 7, name: "Ann", at: noon, removalAt: noon + .days(3), lapse: noon - .days(27))
        let address = try #require(links.here(for: warning))
        #expect(address.hasPrefix("https://plex.example.org/prune/here/"))
        let token = String(address.split(separator: "/").last ?? "")
        let bearer = try links.bearer(of: token, at: noon + .days(33))
        #expect(bearer.person == 7 && bearer.stated == noon + .days(3))
        #expect(bearer.isOfLapse(from: noon - .days(27) + .milliseconds(400)))
        #expect(!bearer.isOfLapse(from: noon))
        #expect(throws: SignedToken.Refused.self) {
            try links.bearer(of: token, at: noon + .days(33) + .seconds(1))
        }
        for kind in [PruneNotice.Kind.welcome, .removal, .invitation] {
            #expect(links.here(for: PruneNotice(kind, person: 7, name: "Ann", at: noon)) == nil)
        }
    }

    @Test func `needs a public address`() {
        let notice = PruneNotice(.reminder, person: 7, name: "Ann", at: noon)
        #expect(PruneLinks(.random(), home: "").here(for: notice) == nil)
        #expect(PruneLinks(.random(), home: nil).here(for: notice) == nil)
    }
}
