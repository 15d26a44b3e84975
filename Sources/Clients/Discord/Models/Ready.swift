// What a session starts from: READY, the application itself, and the advice of GET /gateway/bot (sheet §1).

package struct Ready: Hashable, Sendable, Decodable {
    package var sessionID: String
    /// Where this session is resumed; nil: at the usual address.
    package var resumeURL: String?
    package var user: User
    /// All in outage until their GUILD_CREATE comes.
    package var guilds: [GuildStub]
    package var application: Application?

    package init(
        sessionID: String, resumeURL: String?, user: User, guilds: [GuildStub] = [], application: Application? = nil
    ) {
        self.sessionID = sessionID
        self.resumeURL = resumeURL
        self.user = user
        self.guilds = guilds
        self.application = application
    }

    private enum Key: String, CodingKey { case session_id, resume_gateway_url, user, guilds, application }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        sessionID = try values.decode(String.self, forKey: .session_id)
        user = try values.decode(User.self, forKey: .user)
        resumeURL = values.maybe(.resume_gateway_url)
        guilds = values.list(.guilds)
        application = values.maybe(.application)
    }
}

package struct Application: Hashable, Sendable, Decodable {
    package var id: Snowflake
    /// Empty in READY.
    package var name: String
    package var flags: Int
    package var owner: User?

    package init(id: Snowflake, name: String = "", flags: Int = 0, owner: User? = nil) {
        self.id = id
        self.name = name
        self.flags = flags
        self.owner = owner
    }

    /// MESSAGE CONTENT INTENT is switched on in the developer portal, fully or (for small bots) limited. Asking for the
    /// intent without it ends the session with 4014.
    package var mayReadContent: Bool { flags & (1 << 18 | 1 << 19) != 0 }

    private enum Key: String, CodingKey { case id, name, flags, owner }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        id = try values.decode(Snowflake.self, forKey: .id)
        name = values.text(.name)
        flags = values.maybe(.flags) ?? 0
        owner = values.maybe(.owner)
    }
}

package struct GatewayInfo: Hashable, Sendable, Decodable {
    /// How many more times this token may Identify. At zero Discord kills all sessions and resets the token.
    package struct SessionStart: Hashable, Sendable {
        package var total: Int
        package var remaining: Int
        package var resetAfter: Duration
        package var maxConcurrency: Int

        package init(
            total: Int = 1000, remaining: Int = 1000, resetAfter: Duration = .zero, maxConcurrency: Int = 1
        ) {
            self.total = total
            self.remaining = remaining
            self.resetAfter = resetAfter
            self.maxConcurrency = maxConcurrency
        }
    }

    package var url: String
    /// As many as Discord advises.
    package var shards: Int
    package var session: SessionStart

    package init(url: String, shards: Int = 1, session: SessionStart = SessionStart()) {
        self.url = url
        self.shards = shards
        self.session = session
    }

    private enum Key: String, CodingKey { case url, shards, session_start_limit }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        url = try values.decode(String.self, forKey: .url)
        shards = max(1, values.maybe(.shards) ?? 1)
        session = values.maybe(.session_start_limit) ?? SessionStart()
    }
}

extension GatewayInfo.SessionStart: Decodable {
    private enum Key: String, CodingKey { case total, remaining, reset_after, max_concurrency }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        total = values.maybe(.total) ?? 1000
        remaining = values.maybe(.remaining) ?? 1000
        resetAfter = .milliseconds(values.maybe(.reset_after, as: Int64.self) ?? 0)
        maxConcurrency = max(1, values.maybe(.max_concurrency) ?? 1)
    }
}
