// Signing in, by name or by Quick Connect, and out again (UserController, QuickConnectManager, SessionManager).

import Runtime
import Synchronization

extension JellyfinCaller {
    private typealias Session = JellyfinDesk.Session

    private var asker: Session {
        Session(
            token: "", user: "", client: call.client, device: call.device, deviceID: call.deviceID,
            version: call.version)
    }

    /// Jellyfin wants to know all four of whoever asks to be let in.
    private var isNamed: Bool {
        ![call.client, call.device, call.deviceID, call.version].contains("")
    }

    /// The body's members, names in small letters since Jellyfin reads them in any case; a refusal where it is no object.
    private func form() -> Result<[String: JSON], JellyfinRefusal> {
        guard call.contentType == "application/json" else {
            return .failure(JellyfinRefusal(.problem(status: 415, title: "Unsupported Media Type")))
        }
        guard let fields = (try? JSON(parsing: call.body))?.fields else {
            return .failure(JellyfinRefusal(.problem(status: 400, title: "One or more validation errors occurred.")))
        }
        return .success(Dictionary(fields.members.map { ($0.key.lowercased(), $0.value) }) { a, _ in a })
    }

    private func result(_ session: Session, _ account: Account) -> JellyfinAnswer {
        .json([
            "User": json(account),
            "SessionInfo": [
                "Id": .string(String(session.token.reversed())), "UserId": .string(account.id),
                "UserName": .string(account.name), "Client": .string(session.client),
                "DeviceName": .string(session.device), "DeviceId": .string(session.deviceID),
                "ApplicationVersion": .string(session.version), "IsActive": true,
                "ServerId": .string(Self.serverID), "PlayableMediaTypes": [], "SupportedCommands": [],
            ],
            "AccessToken": .string(session.token), "ServerId": .string(Self.serverID),
        ])
    }

    func signInByName() -> JellyfinAnswer {
        let form: [String: JSON]
        switch self.form() {
        case .success(let fields): form = fields
        case .failure(let refusal): return refusal.answer
        }
        guard isNamed else { return .crash(status: 400) }
        let name = form["username"]?.string?.lowercased() ?? ""
        let account = desk.household.read { $0.jellyfin.first { $0.name.lowercased() == name } }
        guard let account, account.password == form["pw"]?.string else { return .crash(status: 401) }
        if account.isDisabled { return .crash(status: 403) }
        return result(desk.open(asker, for: account.id), account)
    }

    func logout() -> JellyfinAnswer {
        if let token = call.token { desk.close(token) }
        return .empty(status: 204)
    }

    // MARK: Quick Connect

    func initiate() -> JellyfinAnswer {
        guard isNamed else { return .crash(status: 400) }
        guard desk.rules.hasQuickConnect else { return .no(401, "Quick connect is disabled") }
        return state(of: desk.newCode(for: asker))
    }

    func connect() -> JellyfinAnswer {
        guard let secret = call["secret"] else {
            return .problem(status: 400, title: "One or more validation errors occurred.")
        }
        guard desk.rules.hasQuickConnect else { return .no(401, "Quick connect is disabled") }
        guard let code = desk.code(where: { $0.secret == secret }) else { return .no(404, "Unknown secret") }
        return state(of: code)
    }

    /// What somebody's own Jellyfin sends when they type the code. Administrators may do it for others.
    func authorize() -> JellyfinAnswer {
        guard let digits = call["code"] else {
            return .problem(status: 400, title: "One or more validation errors occurred.")
        }
        let user = call["userId"]?.filter { $0 != "-" }.lowercased() ?? account?.id ?? ""
        guard user == account?.id || isAdministrator else { return .crash(status: 403) }
        guard desk.rules.hasQuickConnect else { return .no(401, "Quick connect is disabled") }
        return switch desk.approve(digits, as: user) {
        case .done: .json(true)
        case .noSuchCode: .crash(status: 404)
        case .alreadyDone: .crash(status: 500)
        case .noSuchUser: .crash(status: 401)
        }
    }

    func signInByQuickConnect() -> JellyfinAnswer {
        let form: [String: JSON]
        switch self.form() {
        case .success(let fields): form = fields
        case .failure(let refusal): return refusal.answer
        }
        guard let secret = form["secret"]?.string else {
            return .problem(status: 400, title: "One or more validation errors occurred.")
        }
        guard desk.rules.hasQuickConnect else { return .crash(status: 401) }
        guard let session = desk.code(where: { $0.secret == secret })?.session,
            let account = desk.household.read({ $0.jellyfinAccount(session.user) })
        else { return .crash(status: 404) }
        // The same answer each time, also when the token in it has been given up meanwhile.
        return result(session, account)
    }

    private func state(of code: JellyfinDesk.Code) -> JellyfinAnswer {
        .json([
            "Authenticated": .bool(code.session != nil), "Secret": .string(code.secret), "Code": .string(code.digits),
            "DeviceId": .string(code.asker.deviceID), "DeviceName": .string(code.asker.device),
            "AppName": .string(code.asker.client), "AppVersion": .string(code.asker.version),
            "DateAdded": .string(code.made.jellyfin),
        ])
    }
}

private struct JellyfinRefusal: Error {
    let answer: JellyfinAnswer
    init(_ answer: JellyfinAnswer) { self.answer = answer }
}

extension JellyfinDesk {
    enum Approval {
        case done, noSuchCode, alreadyDone, noSuchUser
    }

    func newCode(for asker: Session) -> Code {
        let now = clock.now
        return state.withLock { state in
            let secret = (Self.hexadecimal(&state) + Self.hexadecimal(&state)).uppercased()
            var dice = SeededDice(seed: state.lastNumber)
            let code = Code(
                digits: "\(Int.random(in: 100_000...999_999, using: &dice))", secret: secret, asker: asker, made: now)
            state.codes.append(code)
            return code
        }
    }

    func code(where matches: (Code) -> Bool) -> Code? {
        let now = clock.now
        return state.withLock { state in
            state.codes.removeAll { now >= $0.made + state.rules.codeLife }
            return state.codes.first(where: matches)
        }
    }

    func approve(_ digits: String, as user: String) -> Approval {
        guard let code = code(where: { $0.digits == digits }) else { return .noSuchCode }
        guard code.session == nil else { return .alreadyDone }
        guard let account = household.read({ $0.jellyfinAccount(user) }), !account.isDisabled else {
            return .noSuchUser
        }
        let session = open(code.asker, for: account.id)
        let now = clock.now
        state.withLock { state in
            guard let index = state.codes.firstIndex(where: { $0.secret == code.secret }) else { return }
            state.codes[index].session = session
            // It lives on for a while, so that whoever waits for it sees that it was approved.
            state.codes[index].made = now + .minutes(1)
        }
        return .done
    }

    var openCodes: [String] {
        let now = clock.now
        return state.withLock { state in
            state.codes.filter { $0.session == nil && now < $0.made + state.rules.codeLife }.map(\.digits)
        }
    }
}
