// People who come, go and come back, and the ways of playing something that not everybody notices: what the removal of
// the inactive is tried with.

package import Runtime

extension HouseholdWorld {
    /// Somebody with an account at plex.tv whom nobody here knew. Gives their plex.tv id.
    @discardableResult
    package mutating func addStranger(_ name: String, id: Int? = nil) -> Int {
        let number = newNumber()
        let person = Person(
            id: id ?? 4_200_000 + number, uuid: "c0ffee11c0ffee\(number)", username: name.lowercased(), title: name,
            email: "\(name.lowercased())@mail.example", token: "\(name.lowercased())-plex-token-\(number)")
        people.append(person)
        return person.id
    }

    /// The owner invites them; members of the Home need not accept. False: unknown, or has the server already.
    @discardableResult
    package mutating func invite(_ person: Int, at now: Instant, to sections: [Int] = []) -> Bool {
        let share = 820_000 + newNumber()
        return change(person) { person in
            guard person.shareID == nil, !person.isOwner else { return false }
            person.shareID = share
            person.invitedAt = now
            person.acceptedAt = person.isHome ? now : nil
            person.sections = sections
            return true
        }
    }

    /// False: there is no invitation.
    @discardableResult
    package mutating func accept(_ person: Int, at now: Instant) -> Bool {
        change(person) { person in
            guard person.isPending else { return false }
            person.acceptedAt = now
            person.isFriend = !person.isHome
            return true
        }
    }

    /// Somebody new, invited and accepted at once.
    @discardableResult
    package mutating func addMember(_ name: String, at now: Instant, to sections: [Int] = []) -> Int {
        let id = addStranger(name)
        invite(id, at: now, to: sections)
        accept(id, at: now)
        return id
    }

    /// Takes this server from them; they stay friends, and what runs goes on.
    @discardableResult
    package mutating func removeShare(of person: Int) -> Bool {
        change(person) { person in
            guard person.shareID != nil else { return false }
            person.shareID = nil
            return true
        }
    }

    private mutating func change(_ id: Int, _ change: (inout Person) -> Bool) -> Bool {
        guard let index = people.firstIndex(where: { $0.id == id }) else { return false }
        return change(&people[index])
    }

    /// Somebody watches a film of a minute and a half to its end, which is at `now`: Plex writes it down, Tautulli finds
    /// it too short (sheet tautulli.md §3).
    @discardableResult
    package mutating func playSomethingShort(by person: Int, endingAt now: Instant) -> Int? {
        let length = Duration.seconds(90)
        var key = items(of: .movie, in: Sections.movies).first { $0.milliseconds == Int(length.milliseconds) }?
            .ratingKey
        if key == nil {
            let number = newNumber()
            var film = Item(
                ratingKey: number, kind: .movie, section: Sections.movies, title: "A Minute and a Half",
                guid: "plex://movie/5d7768ba96b655001fdc\(number)", addedAt: now - .days(400))
            film.milliseconds = Int(length.milliseconds)
            add(film)
            key = number
        }
        return key.flatMap { addPlay(of: $0, by: person, started: now - length) }
    }

    /// Somebody begins to play something and goes on. Gives the stream's key.
    @discardableResult
    package mutating func startStream(
        of ratingKey: Int, by person: Int, at now: Instant, isLocal: Bool = false
    ) -> Int? {
        guard items[ratingKey] != nil, self.person(person) != nil else { return nil }
        let number = newNumber()
        streams.append(
            Stream(
                sessionKey: number, sessionID: "session\(number)household\(person)", person: person,
                ratingKey: ratingKey, started: now, state: "playing", offset: .zero, device: Devices.browser,
                isLocal: isLocal, bandwidth: 4_000, quality: Quality()))
        return number
    }
}
