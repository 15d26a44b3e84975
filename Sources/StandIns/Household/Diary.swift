// One person's days with the libraries: favourites heard again and again, albums from front to back, a show followed to its
// end, films left halfway and finished the evening after.

import Runtime

struct Diary: Sendable {
    typealias World = HouseholdWorld

    let person: World.Person
    let habits: HouseholdHabits
    let world: World
    let shelf: FormerItems
    let gone: [World.Item]
    var dice: SeededDice
    var plays: [World.Play] = []

    private var albums: [Int] = []
    private var tracks: [Int] = []
    private var favourites: [Int] = []
    private var movies: [Int] = []
    private var shows: [[Int]] = []
    /// How far each show has been followed.
    private var followed: [Int: Int] = [:]
    private var freeAt = Instant(milliseconds: 0)
    private var unfinished: (item: World.Item, percent: Int)?

    init(
        person: World.Person, habits: HouseholdHabits, world: World, shelf: FormerItems, gone: [World.Item],
        dice: SeededDice
    ) {
        self.person = person
        self.habits = habits
        self.world = world
        self.shelf = shelf
        self.gone = gone
        self.dice = dice
        for section in world.sections where person.sections.isEmpty || person.sections.contains(section.key) {
            switch section.kind {
            case .artist:
                albums += world.keys(of: .album, in: section.key)
                tracks += world.keys(of: .track, in: section.key)
            case .show: shows += world.keys(of: .show, in: section.key).map { world.leafKeys(of: $0) }
            case .movie: movies += world.keys(of: .movie, in: section.key)
            default: break
            }
        }
        // A handful of tracks, and two artists' worth of those around them.
        favourites = (0..<min(12, tracks.count)).map { _ in tracks[Int.random(in: 0..<tracks.count, using: &self.dice)]
        }
    }

    private mutating func happens(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &dice) < percent }
    private mutating func one(of range: Range<Int>) -> Int { Int.random(in: range, using: &dice) }
    private mutating func minutes(_ range: Range<Int>) -> Duration {
        .seconds(Int64(one(of: range) * 60 + one(of: 0..<60)))
    }

    mutating func live(_ midnight: Instant, isWeekend: Bool) {
        func share(_ days: HouseholdHabits.Days) -> Int { isWeekend ? days.weekend : days.week }
        for hour in habits.musicHours where happens(share(habits.music)) {
            listen(at: midnight + .hours(Int64(hour)) + minutes(0..<50))
        }
        if happens(share(habits.movies)) || unfinished != nil {
            watchMovie(at: midnight + .hours(isWeekend ? 20 : 19) + minutes(0..<90))
        } else if happens(share(habits.shows)) {
            let hour = isWeekend && happens(30) ? 14 : 19
            let most = isWeekend ? habits.binge : max(1, habits.binge / 2)
            watchEpisodes(1 + one(of: 0..<most), at: midnight + .hours(Int64(hour)) + minutes(0..<100))
        }
    }

    // MARK: Music

    private mutating func listen(at start: Instant) {
        guard !tracks.isEmpty, !albums.isEmpty else { return }
        var at = max(start, freeAt)
        let mood = one(of: 0..<10)
        if mood < 4 {
            // A whole album, as it was meant.
            for key in world.childKeys(of: albums[one(of: 0..<albums.count)]) { hear(key, &at) }
        } else {
            for _ in 0..<(3 + one(of: 0..<9)) {
                let isFavourite = mood < 8 && happens(70)
                // The first favourites most often.
                let place = min(one(of: 0..<favourites.count), one(of: 0..<favourites.count))
                hear(isFavourite ? favourites[place] : tracks[one(of: 0..<tracks.count)], &at)
            }
        }
        freeAt = at
    }

    /// Nobody plays everything they have: some albums are not to somebody's taste, and here and there a track is always
    /// passed over. The same ones whatever the year, so that what is unheard stays so.
    private func passesOver(_ track: World.Item) -> Bool {
        roll(track.parent ?? 0) < 20 || roll(track.ratingKey) < 12
    }

    private func roll(_ key: Int) -> Int {
        var dice = SeededDice(seed: UInt64(person.id) &* 1_000_003 &+ UInt64(key))
        return Int.random(in: 0..<100, using: &dice)
    }

    private mutating func hear(_ key: Int, _ at: inout Instant) {
        guard let track = shelf.item(key, at: at) else { return }
        // Some are skipped so soon that they are not even written down.
        let isSkipped = happens(habits.skips)
        let percent = isSkipped ? one(of: 2..<60) : happens(90) ? 100 : one(of: 85..<100)
        let isRemote = !person.isHome && !person.isOwner
        note(
            track, &at, percent: percent, paused: happens(3) ? minutes(1..<12) : .zero, on: habits.listensOn,
            decision: isRemote && happens(18) ? .transcode : .directPlay)
    }

    // MARK: Screen

    private mutating func watchMovie(at start: Instant) {
        var at = max(start, freeAt)
        if let rest = unfinished {
            unfinished = nil
            // The rest of last evening's.
            note(
                rest.item, &at, percent: 100, from: rest.percent, paused: happens(20) ? minutes(2..<9) : .zero,
                on: habits.watchesOn, decision: screenDecision())
            freeAt = at
            return
        }
        guard !movies.isEmpty else { return }
        let item: World.Item?
        if happens(6), !gone.isEmpty {
            item = gone[one(of: 0..<gone.count)]
        } else {
            item = shelf.item(movies[one(of: 0..<movies.count)], at: at)
        }
        guard let item else { return }
        let isBroken = happens(18)
        let percent = isBroken ? one(of: 15..<70) : one(of: 93..<101)
        note(
            item, &at, percent: percent, paused: happens(35) ? minutes(2..<17) : .zero, on: habits.watchesOn,
            decision: screenDecision())
        // Half of what is left halfway is given up for good.
        if isBroken, happens(50) { unfinished = (item, percent) }
        freeAt = at
    }

    private mutating func watchEpisodes(_ count: Int, at start: Instant) {
        guard !shows.isEmpty else { return }
        var at = max(start, freeAt)
        let show = one(of: 0..<shows.count)
        for _ in 0..<count {
            let next = followed[show] ?? 0
            // At the end some begin again, years later or not.
            guard next < shows[show].count else {
                followed[show] = happens(25) ? 0 : next
                break
            }
            guard let episode = shelf.item(shows[show][next], at: at) else { break }
            let percent = happens(88) ? one(of: 92..<101) : one(of: 10..<80)
            note(
                episode, &at, percent: percent, paused: happens(15) ? minutes(1..<10) : .zero, on: habits.watchesOn,
                decision: screenDecision())
            if percent >= 90 { followed[show] = next + 1 }
        }
        freeAt = at
    }

    private mutating func screenDecision() -> World.Decision {
        if person.isHome || person.isOwner { return happens(92) ? .directPlay : .copy }
        let roll = one(of: 0..<100)
        return roll < 35 ? .transcode : roll < 50 ? .copy : .directPlay
    }

    /// - Parameter from: per cent at which it is gone on with
    private mutating func note(
        _ item: World.Item, _ at: inout Instant, percent: Int, from: Int = 0, paused: Duration, on device: World.Device,
        decision: World.Decision
    ) {
        let started = Instant(seconds: at.seconds)
        let played = Duration.milliseconds(item.milliseconds * max(0, percent - from) / 100)
        let stopped = Instant(seconds: (started + played + paused).seconds)
        if item.kind != .track || !passesOver(item) {
            plays.append(
                World.Play(
                    id: 0, person: person.id, ratingKey: item.ratingKey, snapshot: item, started: started,
                    stopped: stopped, paused: paused, percent: percent, device: device,
                    isLocal: person.isHome || person.isOwner, decision: decision))
        }
        at = stopped + .seconds(Int64(one(of: 1..<5)))
    }
}
