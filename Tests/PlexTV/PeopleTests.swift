// Who is who at plex.tv, and which lists of people are believed.

import PlexTV
import Runtime
import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct `The people plex.tv knows` {
    private static let users = """
        <?xml version="1.0" encoding="UTF-8"?>
        <MediaContainer friendlyName="myPlex" machineIdentifier="mid" totalSize="2" size="2">
          <User id="4100002" title="Ann &amp; Bo" username="ann" email="ann@example.org" home="0" restricted="0"
            thumb="https://plex.tv/users/x/avatar" allowSync="1">
            <Server id="9001" machineIdentifier="mid" name="Household" allLibraries="1" pending="0" numLibraries="4"
              lastSeenAt="1790000000"/>
          </User>
          <User id="4100007" title="Kids" username="" email="" home="1" restricted="1" thumb=""/>
        </MediaContainer>
        """
    private static let shares = """
        <MediaContainer friendlyName="myPlex" machineIdentifier="mid" size="2">
          <SharedServer id="9001" userID="4100002" username="ann" email="ann@example.org" accessToken="secret-1"
            acceptedAt="1780000000" invitedAt="1770000000" allLibraries="0" allowSync="1">
            <Section id="77001" key="3" title="Music" type="artist" shared="1"/>
            <Section id="77002" key="1" title="Movies" type="movie" shared="0"/>
          </SharedServer>
          <SharedServer id="9002" userID="4100003" username="bo" email="" accessToken="" acceptedAt="" invitedAt="0"/>
        </MediaContainer>
        """

    @Test func `an account is read in any spelling`() async throws {
        let answer =
            #"{"id":"4100001","uuid":"u","username":"robin","email":"r@example.org","home":1,"subscription":{"active":"1"}}"#
        try await Script.run({ _, _ in .json(answer) }) { script in
            let user = try await script.tv.user()
            #expect(
                user
                    == PlexTVUser(
                        id: 4_100_001, uuid: "u", username: "robin", email: "r@example.org", isHome: true,
                        hasPlexPass: true))
            #expect(script.asked.lines == ["GET /api/v2/user"])
            #expect(script.asked.all.first?.token == Script.token)
            #expect(script.asked.all.first?.client == "test-1")
        }
    }

    @Test func `friends and members of the home are told apart`() async throws {
        try await Script.run({ _, _ in .xml(Self.users) }) { script in
            let people = try await script.tv.users(lastCount: 0)
            #expect(people.map(\.id) == [4_100_002, 4_100_007])
            #expect(people[0].title == "Ann & Bo")
            #expect(people.map(\.isHome) == [false, true])
            #expect(people.map(\.isManaged) == [false, true])
            #expect(people[0].servers.first?.shareID == 9001)
            #expect(people[0].servers.first?.lastSeenAt == Instant(seconds: 1_790_000_000))
            #expect(people[1].servers.isEmpty)
        }
    }

    @Test func `a share says since when, and which libraries by both numbers`() async throws {
        try await Script.run({ _, _ in .xml(Self.shares) }) { script in
            let shares = try await script.tv.shares(ofServer: "mid", lastCount: 2)
            #expect(shares.map(\.userID) == [4_100_002, 4_100_003])
            #expect(shares[0].acceptedAt == Instant(seconds: 1_780_000_000))
            #expect(shares[0].invitedAt == Instant(seconds: 1_770_000_000))
            #expect(shares[0].accessToken?.reveal() == "secret-1")
            #expect(shares[0].sections.map(\.id) == [77001, 77002])
            #expect(shares[0].sections.map(\.key) == [3, 1])
            #expect(shares[0].sections.map(\.isShared) == [true, false])
            #expect(shares[1].acceptedAt == nil)
            #expect(shares[1].invitedAt == nil)
            #expect(shares[1].accessToken == nil)
            #expect(!"\(shares)".contains("secret-1"))
            #expect(script.asked.lines == ["GET /api/servers/mid/shared_servers"])
        }
    }

    @Test func `nobody, where there were people, is not believed`() async throws {
        try await Script.run({ _, _ in .xml("<MediaContainer machineIdentifier=\"mid\" size=\"0\"/>") }) { script in
            let first = try await script.tv.users(lastCount: 0)
            #expect(first.isEmpty)
            let users = await failure { _ = try await script.tv.users(lastCount: 3) }
            #expect(users == .unbelievable("the users: nobody, where there were 3 before"))
            let shares = await failure { _ = try await script.tv.shares(ofServer: "mid", lastCount: 1) }
            #expect(shares == .unbelievable("the shares: nobody, where there were 1 before"))
        }
    }

    @Test(arguments: [
        "<MediaContainer size=\"3\"><User id=\"1\"/></MediaContainer>",
        "<MediaContainer totalSize=\"30\" size=\"1\"><User id=\"1\"/></MediaContainer>",
    ])
    func `a list shorter than it says of itself is not believed`(answer: String) async throws {
        try await Script.run({ _, _ in .xml(answer) }) { script in
            guard case .unbelievable? = await failure({ _ = try await script.tv.users(lastCount: 0) }) else {
                Issue.record("was believed")
                return
            }
        }
    }

    @Test func `the shares of another server are not ours`() async throws {
        try await Script.run({ _, _ in .xml(Self.shares) }) { script in
            let other = await failure { _ = try await script.tv.shares(ofServer: "other", lastCount: 0) }
            #expect(other == .unbelievable("the shares of another server were sent"))
        }
    }

    @Test(arguments: [
        ("<MediaContainer><User title=\"x\"/></MediaContainer>", "the users: one has no id"),
        ("<MediaContainer><User id=\"1\"><Server name=\"x\"/></User></MediaContainer>", "a server of user 1 has no id"),
        ("<Wrong/>", "<Wrong> instead of <MediaContainer>"), ("{}", "not XML"), ("", "not XML"),
        ("<!DOCTYPE html><html></html>", "a web page instead of an answer"),
        ("<MediaContainer><User id=\"1\"/>", "not XML"),
    ])
    func `what cannot be read is no list`(answer: String, words: String) async throws {
        try await Script.run({ _, _ in .xml(answer) }) { script in
            let error = await failure { _ = try await script.tv.users(lastCount: 0) }
            guard case .unreadable(let why)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(why.contains(words))
        }
    }

    @Test func `the libraries of one server come with the ids invitations want`() async throws {
        let answer = """
            <MediaContainer><Server machineIdentifier="other"><Section id="1" key="1"/></Server>
            <Server machineIdentifier="mid"><Section id="77001" key="3" type="artist" title="Music"/></Server>
            </MediaContainer>
            """
        try await Script.run({ _, _ in .xml(answer) }) { script in
            let sections = try await script.tv.sections(ofServer: "mid")
            #expect(sections == [PlexTVSection(id: 77001, key: 3, title: "Music", kind: "artist")])
            let missing = await failure { _ = try await script.tv.sections(ofServer: "third") }
            #expect(missing == .notFound("the server third"))
        }
    }

    @Test func `servers come with the token for each, which stays hidden`() async throws {
        let answer = """
            [{"name":"Household","clientIdentifier":"mid","provides":"server","owned":true,"accessToken":"secret-2",
              "productVersion":"1.42","connections":[{"uri":"http://10.0.0.2:32400","local":true,"relay":false},{"uri":
              "https://relay","local":"0","relay":1}]},
             {"name":"Phone","clientIdentifier":"p","provides":"client,player","owned":"1","accessToken":null}]
            """
        try await Script.run({ _, _ in .json(answer) }) { script in
            let resources = try await script.tv.resources()
            #expect(resources.map(\.isServer) == [true, false])
            #expect(resources[0].accessToken?.reveal() == "secret-2")
            #expect(resources[0].connections.map(\.isRelay) == [false, true])
            #expect(resources[1].accessToken == nil)
            #expect(!"\(resources)".contains("secret-2"))
        }
    }
}
