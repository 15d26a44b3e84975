// The pages before the door: how to get in, the one-time link, the password, and out again. A link from Discord opens by
// a button and not by being looked at, for programs that show previews look at every link.

internal import Crypto
internal import Domain
internal import Runtime
internal import Sockets

extension Dashboard {
    var doorRoutes: [Route] {
        [
            .get("/dashboard/login") { request in await safely { try login(request.queryValue("to") ?? "") } },
            .post("/dashboard/login", accepts: [Self.formType], maxBody: 4 << 10) { request in
                await safely { try await enter(request) }
            },
            .get("/dashboard/enter/{word}") { request in await safely { try await link(request) } },
            .post("/dashboard/enter/{word}", maxBody: 4 << 10) { request in
                await safely { try await follow(request) }
            },
            .post("/dashboard/leave", accepts: [Self.formType], maxBody: 4 << 10) { request in
                await safely { try await leave(request) }
            },
        ]
    }

    private var how: String {
        "Ask the bot on Discord: its command “dashboard” gives an admin a link that opens this once."
    }

    private func login(_ to: String, trouble: String? = nil, status: Int = 200) throws -> ServerResponse {
        try doorPage(
            "Log in", door.password == nil ? how : how + " Or use the password.", trouble: trouble,
            password: door.password != nil, to: to, status: status)
    }

    private func enter(_ request: ServerRequest) async throws -> ServerResponse {
        guard !Arrival.isFromElsewhere(request) else { return try elsewhere() }
        let fields = request.formFields
        func field(_ name: String) -> String { fields.first { $0.name == name }?.value ?? "" }
        let to = field("to")
        switch try await door.enter(password: Secret(field("password")), request) {
        case .entered(let cookie): return PagePolicy.redirect(address(page(to)), headers: [("Set-Cookie", cookie)])
        case .wrong: return try login(to, trouble: "That is not the password.", status: 403)
        case .wait(let duration):
            let minutes = max(1, (duration.milliseconds + 59_999) / 60_000)
            return try login(
                to, trouble: "Too many tries. Wait \(minutes) minute\(minutes == 1 ? "" : "s"), then try again.",
                status: 429)
        }
    }

    private func link(_ request: ServerRequest) async throws -> ServerResponse {
        guard try await door.sessions.knowsLink(request.parameters["word"] ?? "") else { return try used() }
        return try doorPage("Autoplex", "This link lets you in once.", button: "Enter the dashboard")
    }

    private func follow(_ request: ServerRequest) async throws -> ServerResponse {
        guard !Arrival.isFromElsewhere(request) else { return try elsewhere() }
        guard case .entered(let cookie) = try await door.enter(link: request.parameters["word"] ?? "", request) else {
            return try used()
        }
        return PagePolicy.redirect(home, headers: [("Set-Cookie", cookie)])
    }

    private func leave(_ request: ServerRequest) async throws -> ServerResponse {
        guard let guest = try await door.guest(request) else { return PagePolicy.redirect("\(home)/login") }
        let word = request.formFields.first { $0.name == "word" }?.value ?? ""
        guard door.mayAct(request, guest, word: word) else { return try elsewhere() }
        return PagePolicy.redirect(
            "\(home)/login", headers: [("Set-Cookie", try await door.leave(guest, request))])
    }

    private func used() throws -> ServerResponse {
        try doorPage(
            "This link is used up", "It was used already, or it is older than ten minutes. \(how)", status: 410)
    }

    private func elsewhere() throws -> ServerResponse {
        try doorPage(
            "That came from another site", "Open this page yourself and try again.", status: 403)
    }

    /// Where somebody wanted to go, if it is a page of ours.
    private func page(_ to: String) -> String {
        let isPath = to.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2F }
        return isPath && !to.hasPrefix("/") ? to : ""
    }

    private func safely(_ answer: () async throws -> ServerResponse) async -> ServerResponse {
        do { return try await answer() } catch {
            log.error("the dashboard's door does not work: \(error)")
            return .text("That did not work. Please try again in a few minutes.\n", status: 503)
        }
    }
}
