// What prune asks, asked of plex.tv, Plex, Tautulli and our own tables. Whatever fails comes as unknown, in words for
// people; never as an empty list, and never as an error that somebody could forget to catch.

internal import Domain
internal import History
internal import People
internal import Plex
internal import PlexTV
internal import Prune
internal import Runtime
internal import Tautulli

struct PruneOutside: Sendable {
    let plex: Plex
    let plexTV: PlexTV
    let tautulli: Tautulli
    let history: History
    let people: People
    let scan: PeopleScan
    let clock: any Clock

    /// `stopFile`: its path. `roles`: of a Discord user, as the bot knows.
    func sources(
        stopFile: String, roles: @escaping @Sendable (UInt64) async -> Reading<[UInt64]>
    ) -> PruneSources {
        PruneSources(
            people: { await listed() }, known: { await known() }, history: { await pulse() },
            plexHistory: { await plays(since: $0) }, streams: { await streams() }, server: { await machine() },
            share: { await share(of: $0) }, roles: roles, discord: { await discord($0) },
            stopFile: {
                do { return try Files.exists(stopFile) ? "\(stopFile) is there" : nil } catch {
                    // Who cannot look must not go on.
                    return "\(stopFile) cannot be looked for: \(error)"
                }
            })
    }

    // MARK: People

    /// Everybody who has the server or is invited to it, after plex.tv was asked. The table keeps what a doubtful list left
    /// out, so with a doubt about who has it, it says nothing about now.
    func listed() async -> Reading<[Person]> {
        await asking {
            let census = try await scan.refresh()
            if let doubt = census.doubtsAboutAccess.first { return .unknown(why: doubt) }
            return .known(
                try await people.all().filter {
                    $0.plexID != nil && ($0.access == .member || $0.access == .invited)
                })
        }
    }

    /// Those of Plex as the table has them, who left among them.
    func known() async -> Reading<[Person]> {
        await asking { .known(try await people.all().filter { $0.plexID != nil }) }
    }

    func discord(_ person: Person) async -> Reading<[UInt64]> {
        await asking { .known(try await people.discordIDs(of: person.id)) }
    }

    // MARK: Plays

    func pulse() async -> Reading<HistoryPulse> {
        await asking {
            // First how much there is: what ends meanwhile is then in our copy, and not the other way round.
            let end = try await tautulli.historyEnd(now: clock.now)
            try await history.catchUp()
            var accounts = try await history.newestPlays().mapValues { LastPlay(at: $0.at, title: $0.title) }
            // What began before all that is read anew, such as a film paused for days, is not in our copy.
            if let play = end.newest, accounts[play.userID].map({ $0.at < play.stopped }) ?? true {
                accounts[play.userID] = LastPlay(at: play.stopped, title: play.fullTitle)
            }
            for account in try await unheard() {
                accounts[account] = LastPlay(at: clock.now, title: "(Tautulli keeps no history of them)")
            }
            return .known(HistoryPulse(newest: end.newest?.stopped, rows: end.rows, accounts: accounts))
        }
    }

    /// Members whose plays Tautulli does not write down: switched off for them, hidden there, or not known to it yet. Their
    /// silence says nothing, so they count as seen for as long as it is so.
    private func unheard() async throws -> [Int] {
        let heard = Set(try await tautulli.users().filter(\.keepsHistory).map(\.id))
        return try await people.all().filter { $0.access == .member }.compactMap(\.plexID).filter {
            !heard.contains($0)
        }
    }

    func plays(since: Instant) async -> Reading<[Int: LastPlay]> {
        await asking {
            .known(
                try await plex.newestPlays(since: since).mapValues { row in
                    LastPlay(at: row.viewedAt, title: Self.title(row.grandparentTitle, row.title))
                })
        }
    }

    func streams() async -> Reading<[PruneStream]> {
        await asking {
            let told = try await plex.sessions()
            if let why = told.unreadable.first { return .unknown(why: why) }
            var streams: [PruneStream] = []
            for session in told.sessions {
                guard let account = session.user.id else {
                    return .unknown(why: "Plex does not say whose the stream of “\(session.item.title)” is")
                }
                let title = Self.title(session.item.grandparentTitle, session.item.title)
                streams.append(PruneStream(account: account, session: session.sessionID ?? "", title: title))
            }
            return .known(streams)
        }
    }

    private static func title(_ above: String, _ title: String) -> String {
        above.isEmpty ? title : "\(above): \(title)"
    }

    // MARK: The server and its shares

    func machine() async -> Reading<String> {
        await asking {
            let identity = try await plex.identity()
            return identity.isClaimed
                ? .known(identity.machineIdentifier)
                : .unknown(why: "the Plex server belongs to nobody: sign it in")
        }
    }

    func share(of person: Person) async -> Reading<ShareSnapshot> {
        guard let account = person.plexID else { return .unknown(why: "\(person.name) has no account at plex.tv") }
        switch await machine() {
        case .unknown(let why): return .unknown(why: why)
        case .absent: return .unknown(why: "the Plex server does not say which one it is")
        case .known(let machine):
            return await asking {
                try await plexTV.snapshot(of: account, onServer: machine).map { .known(ShareSnapshot($0)) } ?? .absent
            }
        }
    }

    private func asking<Value>(_ question: () async throws -> Reading<Value>) async -> Reading<Value> {
        do { return try await question() } catch { return .unknown(why: "\(error)") }
    }
}

extension ShareSnapshot {
    init(_ snapshot: PlexTVShareSnapshot) {
        self.init(
            machine: snapshot.machineIdentifier, shareID: snapshot.shareID, account: snapshot.userID,
            username: snapshot.username, email: snapshot.email, hasAllLibraries: snapshot.sharesAllLibraries,
            libraries: snapshot.libraries.map { Library(id: $0.id, title: $0.title) },
            settings: snapshot.rights.settings)
    }
}

extension PlexTVShareSnapshot {
    init(_ snapshot: ShareSnapshot) {
        self.init(
            shareID: snapshot.shareID, machineIdentifier: snapshot.machine, userID: snapshot.account,
            username: snapshot.username, email: snapshot.email, sharesAllLibraries: snapshot.hasAllLibraries,
            libraries: snapshot.libraries.map { Library(id: $0.id, title: $0.title) },
            rights: PlexTVRights(settings: snapshot.settings))
    }
}
