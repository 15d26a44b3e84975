// The dashboard's routes: pages to look at, deeds to do, files to take away, and the line on which an open page hears what
// changed. Everything but the door, the style and the script needs a session.

internal import Crypto
internal import Domain
internal import FoundationEssentials
internal import HTTP
package import Runtime
package import Sockets
internal import Templates

package struct Dashboard: Sendable {
    let door: DashboardDoor
    let pages: [Page]
    let deeds: [Deed]
    let papers: [Paper]
    /// A page of another kind that belongs to this house, and where it is: the chat of a demo.
    let neighbour: (name: String, address: String)?
    /// How many things wait for the admin, for the menu.
    let waiting: @Sendable () async -> Int
    let place: LocalTime
    let clock: any Clock
    /// The world's clock, which a demo moves.
    let now: @Sendable () -> Instant
    let log: Log
    let shelf: TemplateShelf
    let pictures = PictureShelf()
    let words = WordsForLater()
    /// Changes whenever our files do, so that no browser shows an old one.
    let mark: String

    package init(
        door: DashboardDoor, pages: [Page], deeds: [Deed], papers: [Paper] = [],
        neighbour: (name: String, address: String)? = nil,
        waiting: @escaping @Sendable () async -> Int, place: LocalTime, now: @escaping @Sendable () -> Instant,
        clock: any Clock, log: Log
    ) throws {
        self.door = door
        self.pages = pages
        self.deeds = deeds
        self.papers = papers
        self.neighbour = neighbour
        self.waiting = waiting
        self.place = place
        self.now = now
        self.clock = clock
        self.log = log.labelled("dashboard")
        shelf = try DashboardTemplates.shelf()
        mark = String(Digest.sha256(Array((Stylesheet.text + LiveScript.text).utf8)).hexadecimal.prefix(8))
    }

    /// Headers the server must be told to look for.
    package static let headers = ["Sec-Fetch-Site", "X-Forwarded-Proto"]

    var home: String { "\(door.base)/dashboard" }

    package var routes: [Route] {
        files + doorRoutes + pages.flatMap { [route($0)] + ($0.isLive ? [liveRoute($0)] : []) }
            + deeds.map(route) + papers.map(route)
            + [
                .get("/dashboard/pictures/{name}") { request in
                    await guarded(request) { _ in
                        guard let bytes = await pictures.picture(request.parameters["name"] ?? "") else { return nil }
                        return PagePolicy.answer(bytes, type: PictureShelf.type(of: bytes))
                    }
                }
            ]
    }

    private var files: [Route] {
        [
            .immediate("/dashboard/style.css") { _ in
                PagePolicy.file(Stylesheet.text, type: "text/css; charset=utf-8")
            },
            .immediate("/dashboard/live.js") { _ in
                PagePolicy.file(LiveScript.text, type: "text/javascript; charset=utf-8")
            },
            .immediate("/dashboard/icon.svg") { _ in PagePolicy.file(Icon.text, type: "image/svg+xml") },
        ]
    }

    private static func path(_ path: String) -> String { path.isEmpty ? "/dashboard" : "/dashboard/\(path)" }

    // MARK: Pages

    private func route(_ page: Page) -> Route {
        .get(Self.path(page.path)) { request in
            await guarded(request) { guest in
                guard let blocks = try await page.load(visit(request, guest)) else { return nil }
                let told = await words.take(request.queryValue("told") ?? "", of: guest.word)
                return PagePolicy.page(try await html(page, blocks, request, guest, told))
            }
        }
    }

    private func html(
        _ page: Page, _ blocks: [Block], _ request: ServerRequest, _ guest: DashboardDoor.Guest, _ told: Deed.Answer?
    ) async throws -> String {
        let count = await waiting()
        let prose = ProseData(place: place, now: now())
        let query = Self.query(request)
        let data: TemplateValue = [
            "title": .text(page.title), "pageTitle": .text(page.title), "home": .text(home), "mark": .text(mark),
            "neighbour": neighbour.map { ["name": .text($0.name), "address": .text(door.base + $0.address)] }
                ?? .absent,
            "word": .text(guest.formWord), "visitor": .text(guest.visitor.name),
            "menu": .list(
                Section.allCases.filter { section in pages.contains { $0.section == section } }.map { section in
                    [
                        "name": .text(section.rawValue), "isHere": .flag(section == page.section),
                        "address": .text(section.path.isEmpty ? home : "\(home)/\(section.path)"),
                        "count": section == .approvals && count > 0 ? .whole(count) : .absent,
                    ]
                }),
            "live": page.isLive
                ? .text("\(home)/live\(request.path.dropFirst("/dashboard".count))\(query)") : .absent,
            "told": told.map { ["tone": .text($0.tone.rawValue), "prose": prose.data($0.words)] } ?? .absent,
            "blocks": await data(request, guest, prose).data(blocks),
        ]
        return try shelf.render("page", with: data)
    }

    private func data(_ request: ServerRequest, _ guest: DashboardDoor.Guest, _ prose: ProseData) -> BlockData {
        BlockData(
            prose: prose, home: home, formWord: guest.formWord,
            here: String(request.path.dropFirst("/dashboard".count).drop { $0 == "/" }) + Self.query(request),
            pictures: pictures)
    }

    func visit(
        _ request: ServerRequest, _ guest: DashboardDoor.Guest, fields: [String: String] = [:]
    ) -> Visit {
        Visit(
            visitor: guest.visitor, parameters: request.parameters,
            query: Dictionary(request.query.map { ($0.name, $0.value) }) { first, _ in first }, fields: fields,
            now: now())
    }

    /// What was asked, without what is for once.
    private static func query(_ request: ServerRequest) -> String {
        let kept = request.query.filter { $0.name != "told" }
        return kept.isEmpty
            ? ""
            : "?" + kept.map { "\($0.name.percentEncoded())=\($0.value.percentEncoded())" }.joined(separator: "&")
    }

    // MARK: The live line

    private func liveRoute(_ page: Page) -> Route {
        .get("/dashboard/live" + (page.path.isEmpty ? "" : "/\(page.path)")) { request in
            await guarded(request) { guest in
                var answer = ServerResponse.events(changes(of: page, request, guest))
                answer.headers += [("X-Content-Type-Options", "nosniff")]
                return answer
            }
        }
    }

    private func changes(
        of page: Page, _ request: ServerRequest, _ guest: DashboardDoor.Guest
    ) -> AsyncStream<[UInt8]> {
        var request = request
        request.path = "/dashboard" + request.path.dropFirst("/dashboard/live".count)
        let follower = PageFollower { [request] last in
            while true {
                do {
                    guard try await door.guest(request) != nil else { return nil }
                    if let html = try await blocks(of: page, request, guest), html != last { return html }
                } catch {
                    if Task.isCancelled { return nil }
                    log.warning("an open page could not be made again: \(error)", ["page": page.path])
                }
                guard (try? await clock.sleep(for: page.glance)) != nil else { return nil }
            }
        }
        return AsyncStream { await follower.next() }
    }

    private func blocks(
        of page: Page, _ request: ServerRequest, _ guest: DashboardDoor.Guest
    ) async throws -> String? {
        guard let blocks = try await page.load(visit(request, guest)) else { return nil }
        let prose = ProseData(place: place, now: now())
        return try shelf.render(
            "blocks", with: ["blocks": await data(request, guest, prose).data(blocks), "home": .text(home)])
    }

    // MARK: Deeds and papers

    private func route(_ deed: Deed) -> Route {
        .post(Self.path(deed.path), accepts: [Self.formType, Self.fileType], maxBody: deed.maxBody) { request in
            await guarded(request) { guest in
                let (fields, files) = try Self.filled(request)
                guard door.mayAct(request, guest, word: fields["word"] ?? "") else {
                    log.warning("a form that no page of ours made", ["path": request.path])
                    return try doorPage(
                        "That form is old", "Go back, load the page again and press once more.", status: 403)
                }
                var visit = visit(request, guest, fields: fields)
                visit.files = files
                let back = Self.back(fields["here"] ?? "")
                do {
                    if fields["sure"] == nil, let question = try await deed.question(visit) {
                        return try ask(question, request, fields, back)
                    }
                    return await tell(try await deed.perform(visit), guest, back)
                } catch let refusal as Refusal {
                    return await tell(
                        Deed.Answer("\(refusal.description)", tone: .warning), guest, back)
                }
            }
        }
    }

    private func ask(
        _ question: Prose, _ request: ServerRequest, _ fields: [String: String], _ back: String
    ) throws -> ServerResponse {
        PagePolicy.page(
            try shelf.render(
                "question",
                with: [
                    "title": "Are you sure?", "pageTitle": "Are you sure?", "home": .text(home), "mark": .text(mark),
                    "question": ProseData(place: place, now: now()).data(question),
                    "address": .text(door.base + request.path), "back": .text(address(back)),
                    "fields": .list(
                        fields.sorted { $0.key < $1.key }.map { ["name": .text($0.key), "value": .text($0.value)] }),
                ]))
    }

    private func tell(
        _ answer: Deed.Answer, _ guest: DashboardDoor.Guest, _ back: String
    ) async -> ServerResponse {
        let number = await words.keep(answer, for: guest.word)
        let there = address(answer.path ?? back)
        return PagePolicy.redirect("\(there)\(there.contains("?") ? "&" : "?")told=\(number)")
    }

    private func route(_ paper: Paper) -> Route {
        .get(Self.path(paper.path)) { request in
            await guarded(request) { guest in
                PagePolicy.answer(try await paper.load(visit(request, guest)), type: paper.type, name: paper.name)
            }
        }
    }

    // MARK: What all have in common

    static let formType = "application/x-www-form-urlencoded"
    private static let fileType = "multipart/form-data"

    private static func filled(_ request: ServerRequest) throws -> ([String: String], [String: [UInt8]]) {
        guard request.contentType == fileType else {
            return (Dictionary(request.formFields.map { ($0.name, $0.value) }) { first, _ in first }, [:])
        }
        var (fields, files): ([String: String], [String: [UInt8]]) = ([:], [:])
        for part in try request.multipart().parts {
            if part.filename != nil {
                files[part.name] = part.bytes
            } else {
                fields[part.name] = fields[part.name] ?? String(decoding: part.bytes, as: UTF8.self)
            }
        }
        return (fields, files)
    }

    func address(_ path: String) -> String { path.isEmpty ? home : "\(home)/\(path)" }

    /// Where a form says it stood, if that can be a page of ours.
    private static func back(_ here: String) -> String {
        let isPath = here.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                || "/-_.~?=&%+".utf8.contains(byte)
        }
        return isPath && !here.hasPrefix("/") && !here.contains("..") ? here : ""
    }

    /// Nil from within: there is no such thing.
    private func guarded(
        _ request: ServerRequest, _ answer: (DashboardDoor.Guest) async throws -> ServerResponse?
    ) async -> ServerResponse {
        do {
            guard let guest = try await door.guest(request) else {
                let to = String(request.path.dropFirst("/dashboard".count).drop { $0 == "/" })
                let asks = request.method == "GET" && !to.isEmpty && !to.hasPrefix("live")
                return PagePolicy.redirect(
                    "\(home)/login\(asks ? "?to=\(to.percentEncoded())" : "")")
            }
            if let response = try await answer(guest) { return response }
            return try doorPage("There is no such page", "It may have been there once.", status: 404)
        } catch {
            log.error("a page could not be shown: \(error)", ["path": request.path])
            let words = "Please try again in a few minutes. The log says what happened."
            return (try? doorPage("That did not work", words, status: 503))
                ?? .text("That did not work. \(words)\n", status: 503)
        }
    }

    func doorPage(
        _ title: String, _ words: String, trouble: String? = nil, button: String? = nil, password: Bool = false,
        to: String = "", status: Int = 200
    ) throws -> ServerResponse {
        PagePolicy.page(
            try shelf.render(
                "door",
                with: [
                    "title": .text(title), "pageTitle": .text(title), "words": .text(words), "home": .text(home),
                    "mark": .text(mark), "trouble": .text(orAbsent: trouble), "button": .text(orAbsent: button),
                    "password": .flag(password), "to": .text(to),
                ]), status: status)
    }
}

/// What one open page was shown last. It is asked by one listener only, one piece after the other.
private actor PageFollower {
    private let change: @Sendable (String?) async -> String?
    private var last: String?
    private var hasEnded = false

    init(change: @escaping @Sendable (String?) async -> String?) { self.change = change }

    func next() async -> [UInt8]? {
        if hasEnded { return nil }
        guard let html = await change(last) else {
            hasEnded = true
            return Task.isCancelled ? nil : Array("event: end\ndata: {}\n\n".utf8)
        }
        last = html
        guard let json = try? JSONEncoder().encode(html) else { return nil }
        return Array("event: blocks\ndata: ".utf8) + json + Array("\n\n".utf8)
    }
}

/// What came of a deed, until the page it leads to has said so.
actor WordsForLater {
    private var kept: [(number: Int, session: String, answer: Deed.Answer)] = []
    private var last = 0

    func keep(_ answer: Deed.Answer, for session: String) -> Int {
        last += 1
        kept.append((last, session, answer))
        if kept.count > 100 { kept.removeFirst() }
        return last
    }

    func take(_ number: String, of session: String) -> Deed.Answer? {
        guard let place = kept.firstIndex(where: { "\($0.number)" == number && $0.session == session }) else {
            return nil
        }
        return kept.remove(at: place).answer
    }
}
