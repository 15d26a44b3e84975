// What the household has played: one play at a time for tests, or years of evenings at once. Habits are each person's own
// (HouseholdHabits.swift), and chance falls the same way for the same seed.

package import Runtime

extension HouseholdWorld {
    /// Somebody played something from `started` on, for as long as `percent` of it takes, and it ended. Gives the play's
    /// number, or nil where there is no such item.
    @discardableResult
    package mutating func addPlay(
        of ratingKey: Int, by person: Int, started: Instant, percent: Int = 100, paused: Duration = .zero,
        on device: Device = Devices.television, isLocal: Bool = true, decision: Decision = .directPlay
    ) -> Int? {
        guard let item = items[ratingKey] else { return nil }
        let play = Play(
            id: newNumber(), person: person, ratingKey: ratingKey, snapshot: item, started: started,
            stopped: started + .milliseconds(item.milliseconds * percent / 100) + paused, paused: paused,
            percent: percent, device: device, isLocal: isLocal, decision: decision)
        plays.append(play)
        return play.id
    }

    /// A running stream ends now and becomes a play.
    @discardableResult
    package mutating func finishStream(_ sessionKey: Int, at now: Instant) -> Int? {
        guard let index = streams.firstIndex(where: { $0.sessionKey == sessionKey }) else { return nil }
        let stream = streams.remove(at: index)
        guard let item = items[stream.ratingKey] else { return nil }
        let length = max(1, item.milliseconds)
        let percent = min(100, Int(stream.offset.milliseconds) * 100 / length)
        let paused = max(.zero, now - stream.started - stream.offset)
        let parts = [stream.quality.video, stream.quality.audio]
        let play = Play(
            id: newNumber(), person: stream.person, ratingKey: stream.ratingKey, snapshot: item,
            started: stream.started, stopped: now, paused: paused, percent: percent, device: stream.device,
            isLocal: stream.isLocal,
            decision: parts.contains(.transcode) ? .transcode : parts.contains(.copy) ? .copy : .directPlay)
        plays.append(play)
        return play.id
    }

    /// Plays a whole album (or a season, or everything of an artist) from front to back.
    package mutating func addSitting(
        of ratingKey: Int, by person: Int, started: Instant, on device: Device = Devices.television
    ) {
        var at = started
        for key in leafKeys(of: ratingKey) {
            addPlay(of: key, by: person, started: at, on: device)
            at = at + .milliseconds(items[key]?.milliseconds ?? 0)
        }
    }
}
