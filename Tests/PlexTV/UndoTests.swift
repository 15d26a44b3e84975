// A share is read whole before it is taken, and given back as far as plex.tv can.

import HTTP
import PlexTV
import Runtime
import Sockets
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Giving a share back` {
    typealias People = HouseholdWorld.People

    private static func share(_ rights: String, sections: String? = nil, all: Int = 0) -> String {
        """
        <MediaContainer machineIdentifier="mid" size="1">
          <SharedServer id="9001" userID="7" username="ann" email="ann@example.org" accessToken="secret-1"
            acceptedAt="1780000000" allLibraries="\(all)" \(rights)>
            \(sections ?? #"<Section id="77001" key="3" title="Music" type="artist" shared="1"/>"#)
            <Section id="77002" key="1" title="Movies" type="movie" shared="0"/>
          </SharedServer>
        </MediaContainer>
        """
    }
    private static func user(_ rights: String, share: Int, isPending: Int = 0) -> String {
        """
        <MediaContainer><User id="7" \(rights)><Server id="\(share)" machineIdentifier="mid" pending="\(isPending)"/>
        </User></MediaContainer>
        """
    }
    private static let whole =
        #"allowSync="1" allowCameraUpload="0" allowChannels="0" filterMovies="label=kids" filterTelevision="" filterMusic="""#

    @Test func `a share is kept with its libraries by global number, its rights and its filters`() async throws {
        try await Script.run({ _, _ in .xml(Self.share(Self.whole + #" allowTuners="1""#)) }) { script in
            let found = try await script.tv.snapshot(of: 7, onServer: "mid")
            let snapshot = try #require(found)
            #expect(
                snapshot
                    == PlexTVShareSnapshot(
                        shareID: 9001, machineIdentifier: "mid", userID: 7, username: "ann", email: "ann@example.org",
                        sharesAllLibraries: false, libraries: [.init(id: 77001, title: "Music")],
                        rights: PlexTVRights(
                            allowsSync: true, allowsCameraUpload: false, allowsChannels: false, allowsTuners: true,
                            filterMovies: "label=kids", filterTelevision: "", filterMusic: "")))
            #expect(!"\(snapshot)".contains("secret"))
            #expect(PlexTVRights(settings: snapshot.rights.settings) == snapshot.rights)
            #expect(snapshot.rights.settings["allowSync"] == "1" && snapshot.rights.settings["filterPhotos"] == nil)
            #expect(script.asked.lines == ["GET /api/servers/mid/shared_servers"])
        }
    }

    @Test func `what the share does not tell is asked of the account`() async throws {
        let users = """
            <MediaContainer size="1"><User id="7" title="Ann" username="ann" allowSync="0" allowCameraUpload="1"
            allowChannels="0" filterMovies="" filterTelevision="contentRating=G" filterMusic=""><Server id="9001"
            machineIdentifier="mid" pending="0"/></User></MediaContainer>
            """
        try await Script.run({ asked, _ in
            .xml(asked.path == "/api/users" ? users : Self.share(#"allowSync="1""#))
        }) { script in
            let snapshot = try await script.tv.snapshot(of: 7, onServer: "mid")
            // The share's own word stands above the account's.
            #expect(snapshot?.rights.allowsSync == true && snapshot?.rights.allowsCameraUpload == true)
            #expect(snapshot?.rights.filterTelevision == "contentRating=G")
        }
    }

    @Test(arguments: [
        // Nobody tells the filters.
        (share(#"allowSync="1""#), user(#"allowSync="1""#, share: 9001)),
        // The account is not there.
        (share(#"allowSync="1""#), #"<MediaContainer><User id="8"/></MediaContainer>"#),
        // No library.
        (share(whole, sections: ""), "<MediaContainer/>"),
        // Of another number at the account.
        (
            share(#"allowSync="1""#),
            user(
                #"allowSync="1" allowCameraUpload="0" allowChannels="0" filterMovies="" filterTelevision="" "#
                    + #"filterMusic="""#, share: 9002)
        ),
        // The shares lack what the account has.
        (#"<MediaContainer machineIdentifier="mid" size="0"/>"#, user("", share: 9001)),
        // Nobody anywhere.
        (#"<MediaContainer machineIdentifier="mid" size="0"/>"#, #"<MediaContainer size="0"/>"#),
        // Two of one person.
        (
            share(whole).replacing(#"size="1""#, with: #"size="2""#).replacing(
                "</MediaContainer>", with: #"<SharedServer id="9003" userID="7"/></MediaContainer>"#),
            user(whole, share: 9001)
        ),
        // Half a list.
        (share(whole).replacing(#"size="1""#, with: #"size="2""#), "<MediaContainer/>"),
        (#"<MediaContainer machineIdentifier="other" size="0"/>"#, "<MediaContainer/>"),
        ("<MediaContainer size=\"0\"/>", "<MediaContainer/>"), ("<html></html>", "<MediaContainer/>"),
    ])
    func `half a snapshot is none`(shares: String, users: String) async throws {
        try await Script.run({ asked, _ in .xml(asked.path == "/api/users" ? users : shares) }) { script in
            let error = await failure {
                _ = try await script.tv.snapshot(of: 7, onServer: "mid")
            }
            #expect(error != nil)
        }
    }

    @Test func `somebody has no share when both lists say so, or when it is not accepted`() async throws {
        let none = #"<MediaContainer machineIdentifier="mid" size="0"/>"#
        let cases: [(String, String)] = [
            // The last one has gone: a friend without a server, or a friend no more.
            (none, #"<MediaContainer><User id="7"/></MediaContainer>"#),
            (none, #"<MediaContainer><User id="8"/></MediaContainer>"#),
            // Invited again.
            (none, Self.user("", share: 9009, isPending: 1)),
            (
                Self.share(Self.whole).replacing(#"acceptedAt="1780000000""#, with: #"acceptedAt="""#),
                Self.user("", share: 9001, isPending: 1)
            ),
        ]
        for (shares, users) in cases {
            try await Script.run({ asked, _ in .xml(asked.path == "/api/users" ? users : shares) }) { script in
                let found = try await script.tv.snapshot(of: 7, onServer: "mid")
                #expect(found == nil)
            }
        }
    }

    @Test func `an invitation by number carries the rights, and names nobody`() async throws {
        try await Script.run({ _, _ in ServerResponse(status: 201) }) { script in
            try await script.tv.invite(
                .account(7), toServer: "mid", sections: [77001],
                rights: PlexTVRights(allowsSync: true, filterMovies: "label=kids|contentRating=G"))
            let body = try #require(script.asked.all.first?.body)
            #expect(body.contains(#""invited_id":7"#) && !body.contains("invited_email"))
            #expect(body.contains(#""allowSync":"1""#) && body.contains(#""allowChannels":"0""#))
            #expect(body.contains(#""filterMovies":"label=kids|contentRating=G""#))
            for nobody in [PlexTVInvitee.account(0), .named("")] {
                let error = await failure {
                    try await script.tv.invite(nobody, toServer: "mid", sections: [77001])
                }
                #expect(error == .invalid("an invitation of nobody"))
            }
            #expect(script.asked.all.count == 1)
        }
    }

    private static let failures: [(HTTPFault, PlexTVError)] = [
        (.status(401, .null), .rejectedToken), (.status(410, .null), .gone("share 810002")),
        (.status(500, .null), .unavailable(status: 500)), (.tooMany(retryAfter: 5), .tooMany),
    ]

    @Test func `a removal that did not happen is never taken for one that did`() async throws {
        try await TVStage.play { stage in
            for (fault, expected) in Self.failures {
                await stage.standIn.fail("DELETE /api/servers/{}/shared_servers/{}", with: fault)
                let error = await failure {
                    _ = try await stage.tv.removeShare(810_002, ofServer: stage.machine)
                }
                #expect(error == expected)
                await stage.clock.advance(by: .minutes(1))
            }
            await stage.standIn.changeRules { $0.refusesPolitely = true }
            let polite = await failure {
                try await stage.tv.setSections([5], ofShare: 810_002, onServer: stage.machine)
            }
            guard case .invalid? = polite else {
                Issue.record("a refusal with status 200 was taken for a yes")
                return
            }
            // Gone already stays gone already, also when it is said so.
            let gone = try await stage.tv.removeShare(999_999, ofServer: stage.machine)
            #expect(!gone)
            let members = stage.household.read { world in world.people.count(where: \.hasAccess) }
            #expect(members == 7)
        }
    }

    @Test func `a page of the hotel is no removal`() async throws {
        try await Script.run({ _, _ in .html("<!DOCTYPE html><html><body>Welcome, sign in</body></html>") }) { script in
            let error = await failure { _ = try await script.tv.removeShare(9001, ofServer: "mid") }
            #expect(error == .unreadable("share 9001: a web page instead of an answer"))
        }
    }

    @Test func `after a 429 it is left alone for as long as it asked`() async throws {
        try await TVStage.play { stage in
            await stage.standIn.fail(with: .tooMany(retryAfter: 30))
            let refused = await failure { _ = try await stage.tv.removeShare(810_002, ofServer: stage.machine) }
            #expect(refused == .tooMany)
            async let user = stage.tv.user()
            await stage.clock.sleepers(atLeast: 1)
            #expect(stage.standIn.requests.entries.count == 1)
            await stage.clock.advance(by: .seconds(30))
            #expect(try await user.id == People.robin)
            // Too long to wait for: nothing is asked meanwhile.
            await stage.standIn.fail(with: .tooMany(retryAfter: 600))
            _ = await failure { _ = try await stage.tv.user() }
            let asked = stage.standIn.requests.entries.count
            let again = await failure { _ = try await stage.tv.user() }
            #expect(again == .tooMany && stage.standIn.requests.entries.count == asked)
            await stage.clock.advance(by: .seconds(601))
            _ = try await stage.tv.user()
        }
    }

    @Test(arguments: [ListFault.empty, .half, .short])
    func `a share that a list hides is not gone`(fault: ListFault) async throws {
        try await TVStage.play { stage in
            // Hana is the last of them.
            await stage.standIn.fail("GET /api/servers/{}/shared_servers", with: fault)
            let error = await failure { _ = try await stage.tv.snapshot(of: People.hana, onServer: stage.machine) }
            guard case .unbelievable? = error else {
                Issue.record("\(fault) was believed: \(String(describing: error))")
                return
            }
        }
    }

    @Test(arguments: [ListFault.empty, .short])
    func `lists that are not true are not believed`(fault: ListFault) async throws {
        try await TVStage.play { stage in
            await stage.standIn.fail("GET /api/servers/{}/shared_servers", with: fault)
            let error = await failure { _ = try await stage.tv.shares(ofServer: stage.machine, lastCount: 7) }
            guard case .unbelievable? = error else {
                Issue.record("\(fault) was believed: \(String(describing: error))")
                return
            }
        }
    }

    @Test(arguments: [true, false])
    func `removed, invited again and back with what they had`(sharesTellRights: Bool) async throws {
        try await TVStage.play { stage in
            await stage.standIn.changeRules { $0.sharesTellRights = sharesTellRights }
            let before = try #require(stage.household.read { $0.person(People.chris) })
            let share = try #require(before.shareID)
            let found = try await stage.tv.snapshot(of: People.chris, onServer: stage.machine)
            let snapshot = try #require(found)
            #expect(snapshot.libraries.map(\.title) == ["Movies", "TV Shows", "Music"])
            let removed = try await stage.tv.removeShare(share, ofServer: stage.machine)
            #expect(removed)
            // Still a friend, without this server.
            let friends = try await stage.tv.users(lastCount: 7)
            #expect(friends.first { $0.id == People.chris }?.servers.isEmpty == true)

            let losses = try await stage.tv.inviteAgain(snapshot)
            #expect(losses.isEmpty)
            let pending = try await stage.tv.invitations(toServer: stage.machine)
            #expect(pending.contains { $0.userID == People.chris && $0.id != share })
            let members = try await stage.tv.shares(ofServer: stage.machine, lastCount: 6)
            #expect(!members.contains { $0.userID == People.chris })
            let twice = await failure { _ = try await stage.tv.inviteAgain(snapshot) }
            guard case .invalid(let why)? = twice, why.contains("already sharing") else {
                Issue.record("invited twice: \(String(describing: twice))")
                return
            }
            await stage.standIn.accept(People.chris)
            let after = try #require(stage.household.read { $0.person(People.chris) })
            #expect(after.rights == before.rights && after.sections == before.sections && after.hasAccess)
            #expect(after.rights.filterMovies == "contentRating=G%2CPG|label=kids")
        }
    }

    @Test func `who had all libraries gets those there are, and the owner is told what is lost`() async throws {
        try await TVStage.play { stage in
            stage.household.change { world in
                let index = world.people.firstIndex { $0.id == People.bo } ?? 0
                world.people[index].rights.allowsTuners = true
            }
            let share = stage.household.read { $0.person(People.bo)?.shareID ?? 0 }
            let found = try await stage.tv.snapshot(of: People.bo, onServer: stage.machine)
            let snapshot = try #require(found)
            #expect(snapshot.sharesAllLibraries && snapshot.libraries.count == 4)
            _ = try await stage.tv.removeShare(share, ofServer: stage.machine)
            stage.household.change { $0.sections.removeAll { $0.title == "Vinyl" } }
            let losses = try await stage.tv.inviteAgain(snapshot)
            #expect(
                losses == [
                    "The library Vinyl is no longer there.",
                    "They had all libraries: they get those there are now, and not those added later.",
                    "No invitation can give the right to live television: set it in Plex.",
                ])
            #expect(stage.household.read { $0.person(People.bo)?.sections } == [1, 2, 3])
        }
    }

    @Test func `nothing is invited to where nothing of it is left`() async throws {
        try await TVStage.play { stage in
            let share = stage.household.read { $0.person(People.hana)?.shareID ?? 0 }
            let found = try await stage.tv.snapshot(of: People.hana, onServer: stage.machine)
            let snapshot = try #require(found)
            _ = try await stage.tv.removeShare(share, ofServer: stage.machine)
            stage.household.change { $0.sections.removeAll { $0.title == "Vinyl" } }
            let error = await failure { _ = try await stage.tv.inviteAgain(snapshot) }
            #expect(error == .invalid("none of the libraries they had is there any more"))
            #expect(stage.household.read { $0.person(People.hana)?.shareID } == nil)
        }
    }

    @Test func `an answer that gets lost on the way leaves one invitation, and one removal`() async throws {
        try await TVStage.play { stage in
            let share = stage.household.read { $0.person(People.ann)?.shareID ?? 0 }
            let found = try await stage.tv.snapshot(of: People.ann, onServer: stage.machine)
            let snapshot = try #require(found)
            await stage.standIn.fail("DELETE /api/servers/{}/shared_servers/{}", with: .lostAnswer)
            let removal = await failure { _ = try await stage.tv.removeShare(share, ofServer: stage.machine) }
            guard case .unreachable? = removal else {
                Issue.record("\(String(describing: removal))")
                return
            }
            let again = try await stage.tv.removeShare(share, ofServer: stage.machine)
            #expect(!again)
            await stage.standIn.fail("POST /api/servers/{}/shared_servers", with: .lostAnswer)
            _ = await failure { _ = try await stage.tv.inviteAgain(snapshot) }
            let pending = try await stage.tv.invitations(toServer: stage.machine)
            #expect(pending.count(where: { $0.userID == People.ann }) == 1)
            let writes = stage.standIn.requests.entries.filter { $0.method == "POST" }
            #expect(writes.count == 1)
        }
    }
}

/// plex.tv's stand-in on a virtual clock, and the client before it.
struct TVStage {
    let standIn: PlexTVStandIn
    let tv: PlexTV
    let clock: VirtualClock
    let household: Household
    var machine: String { household.read { $0.machineID } }

    static func play(_ body: (TVStage) async throws -> Void) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "plex.tv", log: .silent)
        let household = Household(.small(now: clock.now))
        let standIn = try await PlexTVStandIn.start(loop: loop, clock: clock, household: household, log: .silent)
        let http = try HTTPClient(userAgent: "test")
        let tv = PlexTV(
            url: standIn.url, token: Secret(standIn.token), clientIdentifier: "test-1", version: "1", http: http,
            clock: clock, log: .silent, patience: RetryPolicy(attempts: 1), chance: { 0 })
        let stage = TVStage(standIn: standIn, tv: tv, clock: clock, household: household)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(stage)) } catch { outcome = .failure(error) }
        await http.stop()
        await standIn.stop()
        await loop.stop()
        try outcome.get()
    }
}
