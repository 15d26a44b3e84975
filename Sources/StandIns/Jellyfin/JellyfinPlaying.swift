// Playing as players report it (PlaystateController, SessionManager): a beginning counts, an end is told to the plugins.

import Runtime
import Synchronization

extension JellyfinCaller {
    enum Report { case began, goesOn, stopped }

    func report(_ what: Report) -> JellyfinAnswer {
        // A key has no session of its own, so nothing of it is told either.
        guard let account, let body = try? JSON(parsing: call.body), let written = body["ItemId"]?.string,
            let id = Self.guid(written)
        else { return .problem(status: 400, title: "One or more validation errors occurred.") }
        guard let film = desk.household.read({ $0.film(jellyfin: id) }) else {
            return .problem(status: 404, title: "Not Found")
        }
        let ticks = body["PositionTicks"]?.int
        let position = Duration.milliseconds(Int64((ticks ?? 0) / 10_000))
        let session = call.deviceID
        switch what {
        case .began:
            desk.begin(film, by: account.id)
            desk.change { $0.playing[session] = (film.jellyfinID, account.id, position) }
        case .goesOn: desk.change { $0.playing[session]?.position = position }
        case .stopped:
            desk.change { $0.playing[session] = nil }
            desk.end(film, by: account.id, at: ticks == nil ? nil : position, client: call.client, device: call.device)
        }
        return .empty(status: 204)
    }

    func sessions() -> JellyfinAnswer {
        let (sessions, playing) = desk.state.withLock { ($0.sessions, $0.playing) }
        return .json(
            .array(
                sessions.map { session in
                    let user = desk.household.read { $0.jellyfinAccount(session.user)?.name } ?? ""
                    let now = playing[session.deviceID]
                    let film = now.flatMap { now in desk.household.read { $0.film(jellyfin: now.film) } }
                    let base: JSON = [
                        "PlayState": [
                            "PositionTicks": .int((now?.position.milliseconds ?? 0) * 10_000), "CanSeek": true,
                            "IsPaused": false, "IsMuted": false, "RepeatMode": "RepeatNone",
                        ], "Capabilities": ["SupportsMediaControl": false], "RemoteEndPoint": "192.0.2.20",
                        "Id": .string(session.token), "UserId": .string(session.user), "UserName": .string(user),
                        "Client": .string(session.client), "DeviceName": .string(session.device),
                        "DeviceId": .string(session.deviceID), "ApplicationVersion": .string(session.version),
                        "IsActive": true, "ServerId": .string(Self.serverID),
                    ]
                    return base.with("NowPlayingItem", film.map { json($0, for: session.user) })
                }))
    }
}

extension JellyfinDesk {
    func begin(_ film: HouseholdWorld.Film, by user: String) {
        let now = clock.now
        household.change { world in
            world.changeFilm(jellyfin: film.jellyfinID) { film in
                film.states[user, default: .init()].starts += 1
                film.states[user, default: .init()].lastPlayed = now
            }
        }
    }

    /// - Parameter position: nil where the player did not say, which Jellyfin takes for the end
    func end(
        _ film: HouseholdWorld.Film, by user: String, at position: Duration?, client: String, device: String
    ) {
        let now = clock.now
        let whole = Int64(film.minutes) * 60_000
        let reached = position?.milliseconds ?? whole
        let isWhole = position == nil || reached * 10 > whole * 9
        household.change { world in
            world.filmPlays.append(
                HouseholdWorld.FilmPlay(
                    id: "row-\(world.filmPlays.count + 1)-of-the-household", user: user, film: film.jellyfinID,
                    ended: now, seconds: Int(reached / 1000)))
            world.changeFilm(jellyfin: film.jellyfinID) { film in
                var state = film.states[user, default: .init()]
                if isWhole { state.isPlayed = true }
                state.position = isWhole ? .zero : .milliseconds(reached)
                film.states[user] = state
            }
        }
        let name = household.read { $0.jellyfinAccount(user)?.name } ?? ""
        ended.yield(
            JellyfinHookEvent(
                film: film, userID: user, userName: name, position: position, isWhole: isWhole, at: now,
                client: client, device: device))
    }

    func play(_ film: HouseholdWorld.Film, by user: String, to position: Duration) {
        begin(film, by: user)
        end(film, by: user, at: position, client: "Infuse-Direct", device: "Living room")
    }
}
