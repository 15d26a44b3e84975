// Letting people in and out: one person, one server.

import PlexTV
import Runtime
import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Sharing` {
    @Test func `an invitation names the person, the server and the libraries`() async throws {
        try await Script.run({ _, _ in ServerResponse(status: 201) }) { script in
            try await script.tv.invite(.named("o'hara@example.org"), toServer: "mid", sections: [77001, 77002])
            #expect(script.asked.lines == ["POST /api/servers/mid/shared_servers"])
            let body = try #require(script.asked.all.first?.body)
            #expect(body.contains(#""library_section_ids":[77001,77002]"#))
            #expect(body.contains(#""invited_email":"o'hara@example.org""#))
            #expect(body.contains(#""server_id":"mid""#))
            #expect(body.contains(#""allowSync":"0""#))
        }
    }

    @Test func `a share of nothing is refused: plex.tv would take the server away`() async throws {
        try await Script.run({ _, _ in ServerResponse(status: 200) }) { script in
            let emptied = await failure { try await script.tv.setSections([], ofShare: 9, onServer: "mid") }
            #expect(emptied == .invalid("a share of no library: remove the share instead"))
            let invited = await failure { try await script.tv.invite(.named("a@b.c"), toServer: "mid", sections: []) }
            #expect(invited != nil)
            #expect(script.asked.all.isEmpty)
            try await script.tv.setSections([77001], ofShare: 9, onServer: "mid")
            #expect(script.asked.lines == ["PUT /api/servers/mid/shared_servers/9"])
            #expect(script.asked.all.first?.body.contains("invited_email") == false)
        }
    }

    @Test func `a share is taken from this server only, and being gone is no failure`() async throws {
        try await Script.run({ _, before in ServerResponse(status: before == 0 ? 200 : 404) }) { script in
            let removed = try await script.tv.removeShare(9001, ofServer: "mid")
            #expect(removed)
            let again = try await script.tv.removeShare(9001, ofServer: "mid")
            #expect(!again)
            let home = try await script.tv.removeHomeUser(4_100_007)
            #expect(!home)
            #expect(
                script.asked.lines == [
                    "DELETE /api/servers/mid/shared_servers/9001", "DELETE /api/servers/mid/shared_servers/9001",
                    "DELETE /api/home/users/4100007",
                ])
        }
    }

    @Test func `invitations not yet accepted are those of this server`() async throws {
        let answer = """
            [{"id":"9003","machineIdentifier":"mid","accepted":false,"invitedId":4100009,"invitedEmail":"",
              "invited":{"id":4100009,"username":"hana","email":"hana@example.org"},"libraries":[{"id":77001,"title":"Music"}]},
             {"id":9004,"machineIdentifier":"mid","invitedEmail":"new@example.org","invited":null},
             {"id":9005,"machineIdentifier":"other"}]
            """
        try await Script.run({ _, _ in .json(answer) }) { script in
            let invitations = try await script.tv.invitations(toServer: "mid")
            #expect(
                invitations == [
                    PlexTVInvitation(
                        id: 9003, userID: 4_100_009, username: "hana", email: "hana@example.org",
                        machineIdentifier: "mid",
                        sections: [77001]),
                    PlexTVInvitation(
                        id: 9004, userID: nil, username: "", email: "new@example.org", machineIdentifier: "mid",
                        sections: []),
                ])
            #expect(script.asked.lines == ["GET /api/v2/shared_servers/owned/pending"])
        }
    }
}
