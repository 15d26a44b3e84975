// Towards a search, and the search. A film that already has a file is not grabbed again by a plain search, so the owner
// chooses what is done first; what was done for a search that brought nothing is taken back.

internal import Domain
internal import Runtime
internal import Storage
internal import Synchronization

extension Downloads {
    func prepare(_ one: DownloadCase) async throws {
        guard let movie = one.movieID else { return try await fail(one, "Radarr gave it no number") }
        switch (wishes.preparation, one.step) {
        case (.none, _): try await search(one, one.instance, movie)
        case (.second, .adding): try await add(one)
        case (.second, .added): try await followAdding(one, movie)
        case (.second, _): try await searchSecond(one)
        case (.release, _): try await grab(one, movie)
        case (.move, .start): try await place(one, movie)
        case (.move, .placed): try await rescan(one, movie)
        case (.move, .rescanning): try await followRescan(one)
        case (.move, _): try await search(one, one.instance, movie)
        }
    }

    private func effect(_ kind: String, _ one: DownloadCase, _ target: String, _ summary: String) -> Effect {
        Effect(
            key: "\(kind):\(target):\(one.film.key):\(one.id).\(one.attempt)", kind: kind, summary: summary,
            actor: one.saidBy.isEmpty ? "downloads" : one.saidBy, subject: one.subject,
            reason: "\(one.rule): \(one.why)", evidence: (try? one.evidence.map { try JSONText.text($0) }) ?? "{}")
    }

    /// What a step's end means to the row, but for having happened. True: it happened.
    private func settled(_ result: EffectResult, _ one: DownloadCase) async throws -> Bool {
        switch result {
        case .done, .alreadyDone: return true
        case .dryRun:
            var next = one
            next.state = .dry
            next.outcome = "a dry run: it would be searched for"
            try await end(next, was: one.state)
        case .failed(let why), .refused(let why):
            // It was not searched for, so nothing keeps it from being searched for.
            var next = one
            next.searchedAt = nil
            try await again(next, why)
        case .interrupted: try await again(one, "nobody knows yet whether it happened")
        }
        return false
    }

    /// Later, with a longer pause each time; in the end it failed.
    func again(_ one: DownloadCase, _ why: String) async throws {
        guard one.tries < Self.mostTries else { return try await fail(one, why) }
        var next = one
        next.tries += 1
        next.dueAt = clock.now + Self.pause(after: one.tries)
        next.outcome = why
        _ = try await book.save(next, was: one.state)
    }

    // MARK: Searching

    private func search(_ one: DownloadCase, _ target: String, _ movie: Int) async throws {
        var ready = one
        ready.target = target
        ready.movieID = movie
        // Counts from the moment it may have happened, so that the day's room is never overrun.
        ready.searchedAt = one.searchedAt ?? clock.now
        if effects.isDry(DownloadKind.search) { ready.searchedAt = nil }
        guard try await book.save(ready, was: one.state) else { return }
        let (acts, begun) = (acts, clock.now)
        let number = NumberBox()
        let result = try await effects.perform(
            effect(DownloadKind.search, ready, target, "Has \(target) search for \(one.film.name)")
        ) { number.value = try await acts.search(target, movie) }
        guard try await settled(result, ready) else { return }
        var next = ready
        next.commandID = number.value
        if next.commandID == nil {
            // Done before a restart: Radarr knows by which number.
            let since = (ready.searchedAt ?? begun) - .minutes(5)
            next.commandID = await soon { [sources] in await sources.search(target, movie, since) }.known
        }
        next.state = next.commandID == nil ? .grabbed : .commanded
        next.tries = 0
        next.outcome = "\(target) searches"
        next.dueAt = clock.now + .seconds(5)
        _ = try await book.save(next, was: ready.state)
    }

    private func searchSecond(_ one: DownloadCase) async throws {
        let (target, film) = (wishes.keeper, one.film)
        switch await within(.seconds(4), on: clock, { [sources] in await sources.film(target, film) }) {
        case .found(let entry)?:
            let there = entry.fileID == nil ? Reading.known(.nowhere) : await place(of: entry.path).reading
            guard there != .known(.disk) else {
                var next = one
                next.state = .no
                next.outcome = "on disk already in \(target): \(entry.path)"
                return try await end(next, was: one.state)
            }
            try await search(one, target, entry.id)
        case .absent?:
            var next = one
            next.target = target
            next.step = .adding
            _ = try await book.save(next, was: one.state)
        case .several(let names)?: try await fail(one, "several could be meant: \(names.joined(separator: ", "))")
        case .unknown(let why)?: try await again(one, why)
        case nil: try await again(one, "\(target) gave no answer within four seconds")
        }
    }

    /// The film is made known to the Radarr that keeps films on disk, which then searches by itself. Whether it is there
    /// already is asked each time: before a restart it may have been taken up.
    private func add(_ one: DownloadCase) async throws {
        let (target, film) = (one.target, one.film)
        var next = one
        switch await within(.seconds(4), on: clock, { [sources] in await sources.film(target, film) }) {
        case .found(let entry)?:
            (next.movieID, next.step) = (entry.id, .added)
            next.dueAt = clock.now
            _ = try await book.save(next, was: one.state)
            return
        case .several(let names)?:
            return try await fail(one, "several could be meant: \(names.joined(separator: ", "))")
        case .unknown(let why)?: return try await again(one, why)
        case nil: return try await again(one, "\(target) gave no answer within four seconds")
        case .absent?: break
        }
        var ready = one
        ready.searchedAt = effects.isDry(DownloadKind.add) ? nil : one.searchedAt ?? clock.now
        guard try await book.save(ready, was: one.state) else { return }
        let (acts, root, tag, number) = (acts, wishes.root(of: target), wishes.tag, NumberBox())
        let result = try await effects.perform(
            effect(DownloadKind.add, ready, target, "Adds \(film.name) to \(target), which searches for it")
        ) { number.value = try await acts.add(target, film, root, tag) }
        guard try await settled(result, ready) else { return }
        next = ready
        if let movie = number.value { (next.movieID, next.step) = (movie, .added) }
        next.tries = 0
        next.outcome = "\(target) takes it up"
        next.dueAt = clock.now + .seconds(5)
        _ = try await book.save(next, was: ready.state)
    }

    /// A Radarr that took a film up first reads about it, then searches, by a command of its own. Where that does not
    /// come it is told to.
    private func followAdding(_ one: DownloadCase, _ movie: Int) async throws {
        let (target, since) = (one.target, (one.searchedAt ?? one.at) - .minutes(5))
        switch await soon({ [sources] in await sources.search(target, movie, since) }) {
        case .known(let command):
            var next = one
            next.commandID = command == 0 ? nil : command
            next.state = command == 0 ? .grabbed : .commanded
            next.searchedAt = one.searchedAt ?? clock.now
            next.tries = 0
            next.outcome = "\(target) searches"
            next.dueAt = clock.now + .seconds(5)
            _ = try await book.save(next, was: one.state)
        case .absent where clock.now - (one.searchedAt ?? one.at) > .minutes(3): try await search(one, target, movie)
        case .absent:
            var next = one
            next.dueAt = clock.now + .seconds(10)
            _ = try await book.save(next, was: one.state)
        case .unknown(let why): try await again(one, why)
        }
    }

    private func grab(_ one: DownloadCase, _ movie: Int) async throws {
        let instance = one.instance
        let most = wishes.gigabytesPerDay.map { Int64($0) * 1_000_000_000 }
        let asked = await within(.seconds(90), on: clock) { [sources] in await sources.releases(instance, movie) }
        guard let releases = asked?.known else {
            if case .unknown(let why)? = asked { return try await again(one, why) }
            return try await again(one, "\(instance) did not say what is offered")
        }
        guard let choice = SearchRules.choice(releases, most: most) else {
            var next = one
            next.searchedAt = clock.now
            return try await refuse(next, was: one.state, SearchRules.reasons(releases))
        }
        var ready = one
        ready.target = instance
        ready.searchedAt = effects.isDry(DownloadKind.grab) ? nil : one.searchedAt ?? clock.now
        (ready.release, ready.size) = (choice.title, choice.size > 0 ? choice.size : one.size)
        guard try await book.save(ready, was: one.state) else { return }
        let acts = acts
        let result = try await effects.perform(
            effect(DownloadKind.grab, ready, instance, "Has \(instance) take \(choice.title)")
        ) { try await acts.grab(instance, choice) }
        guard try await settled(result, ready) else { return }
        var next = ready
        next.state = .grabbed
        next.tries = 0
        next.untold = .start
        next.outcome = "takes \(choice.title)"
        next.dueAt = clock.now + .seconds(30)
        _ = try await book.save(next, was: ready.state)
    }

    // MARK: Moving

    private func place(_ one: DownloadCase, _ movie: Int) async throws {
        let (instance, film, root, tag) = (one.instance, one.film, wishes.root(of: one.instance), wishes.tag)
        var ready = one
        if ready.formerRoot.isEmpty {
            switch await within(.seconds(4), on: clock, { [sources] in await sources.film(instance, film) }) {
            case .found(let entry)?: ready.formerRoot = entry.root
            case .unknown(let why)?: return try await again(one, why)
            default: return try await again(one, "\(instance) does not say where it is")
            }
            // Where it was is on the disk before it is changed.
            guard try await book.save(ready, was: one.state) else { return }
        }
        let acts = acts
        let result = try await effects.perform(
            effect(DownloadKind.place, ready, instance, "Gives \(film.name) the folder \(root) in \(instance)")
        ) { try await acts.place(instance, movie, root, tag, true) }
        guard try await settled(result, ready) else { return }
        var next = ready
        next.step = .placed
        next.dueAt = clock.now
        _ = try await book.save(next, was: one.state)
    }

    private func rescan(_ one: DownloadCase, _ movie: Int) async throws {
        let (instance, acts, number) = (one.instance, acts, NumberBox())
        let result = try await effects.perform(
            effect(DownloadKind.rescan, one, instance, "Has \(instance) look for the file of \(one.film.name)")
        ) { number.value = try await acts.rescan(instance, movie) }
        guard try await settled(result, one) else { return }
        var next = one
        next.commandID = number.value
        next.step = number.value == nil ? .rescanned : .rescanning
        next.dueAt = clock.now + .seconds(2)
        _ = try await book.save(next, was: one.state)
    }

    private func followRescan(_ one: DownloadCase) async throws {
        guard let command = one.commandID else { return try await again(one, "the rescan has no number") }
        let instance = one.instance
        var next = one
        switch await soon({ [sources] in await sources.command(instance, command) }) {
        case .unknown(let why): return try await again(one, why)
        case .known(let state) where SearchRules.end(of: state) == .runs:
            next.dueAt = clock.now + .seconds(5)
        case .known, .absent:
            next.step = .rescanned
            next.commandID = nil
            next.tries = 0
            next.dueAt = clock.now
        }
        _ = try await book.save(next, was: one.state)
    }

    /// A film that was moved for nothing goes back to its link.
    func restore(_ one: DownloadCase) async throws {
        guard wishes.preparation == .move, one.step != .start, !one.formerRoot.isEmpty, let movie = one.movieID else {
            return
        }
        let (instance, root, tag, acts) = (one.instance, one.formerRoot, wishes.tag, acts)
        let result = try await effects.perform(
            effect(DownloadKind.restore, one, instance, "Gives \(one.film.name) its folder in \(root) back")
        ) {
            try await acts.place(instance, movie, root, tag, false)
            _ = try await acts.rescan(instance, movie)
        }
        switch result {
        case .done, .alreadyDone: return
        case .failed(let why), .refused(let why): log.warning("\(one.film.name) was not given its folder back: \(why)")
        case .interrupted, .dryRun: return
        }
    }
}

/// A number that an act brings back.
final class NumberBox: Sendable {
    private let number = Mutex<Int?>(nil)
    var value: Int? {
        get { number.withLock { $0 } }
        set { number.withLock { $0 = newValue } }
    }
}
