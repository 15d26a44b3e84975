// After the search: the command to its end, then queue and history until the file is where it should be. Radarr's own
// notices only make it sooner.

package import Domain
internal import Runtime
internal import Storage

extension Downloads {
    /// After which something on its way counts as stuck.
    private static let patience = Duration.days(3)

    func followCommand(_ one: DownloadCase) async throws {
        guard let command = one.commandID else { return try await watch(one) }
        let target = one.target
        switch await soon({ [sources] in await sources.command(target, command) }) {
        case .unknown(let why): try await again(one, why)
        // Forgotten after a day, or by a restart: its history still tells.
        case .absent: try await watch(one)
        case .known(let state):
            switch SearchRules.end(of: state) {
            case .runs:
                var next = one
                let waited = clock.now - (one.searchedAt ?? clock.now)
                if waited > .hours(6) { return try await fail(one, "\(target) has not ended its search for six hours") }
                next.dueAt = clock.now + (waited < .minutes(2) ? .seconds(5) : .minutes(1))
                _ = try await book.save(next, was: one.state)
            case .lost:
                var next = one
                (next.state, next.commandID, next.attempt) = (.searching, nil, one.attempt + 1)
                next.outcome = "\(target) was restarted meanwhile"
                next.dueAt = clock.now
                guard next.attempt < 4 else { return try await fail(one, next.outcome) }
                _ = try await book.save(next, was: one.state)
            case .failed(let why): try await fail(one, why)
            case .ended(0): try await nothingTaken(one)
            case .ended: try await watch(one)
            }
        }
    }

    private func nothingTaken(_ one: DownloadCase) async throws {
        let (target, movie) = (one.target, one.movieID ?? 0)
        let releases = await within(.seconds(90), on: clock) { [sources] in await sources.releases(target, movie) }
        try await refuse(one, was: one.state, releases?.known.map(SearchRules.reasons) ?? "its reasons are not known")
    }

    /// Something was taken.
    private func watch(_ one: DownloadCase) async throws {
        var next = one
        next.state = .grabbed
        next.tries = 0
        next.outcome = "on its way"
        next.dueAt = clock.now
        _ = try await book.save(next, was: one.state)
    }

    func followGrab(_ one: DownloadCase) async throws {
        let (target, movie) = (one.target, one.movieID ?? 0)
        let since = (one.searchedAt ?? one.at) - .minutes(2)
        async let asked = soon { [sources] in await sources.history(target, movie) }
        async let queued = soon { [sources] in await sources.queue(target, movie) }
        let (history, queue) = (await asked, await queued)
        guard let events = history.known?.filter({ $0.at >= since }), let items = queue.known else {
            var why = "\(target) does not say"
            if case .unknown(let words) = history {
                why = words
            } else if case .unknown(let words) = queue {
                why = words
            }
            // It is on its way whoever is silent: only patience ends this.
            var next = one
            next.outcome = why
            next.dueAt = clock.now + Self.pause(after: min(4, one.tries))
            next.tries += 1
            _ = try await book.save(next, was: one.state)
            return
        }
        var next = one
        if let grab = events.last(where: { if case .grabbed = $0.kind { true } else { false } }) { next.take(grab) }
        if let item = items.first, next.downloadID.isEmpty {
            (next.downloadID, next.size) = (item.downloadID, item.size ?? next.size)
            if next.release.isEmpty { next.release = item.title }
        }
        for event in events {
            if case .imported(let path) = event.kind { return try await landed(next, was: one.state, path, event.size) }
        }
        if next.untold == nil, one.release.isEmpty, !next.release.isEmpty { next.untold = .start }
        let failure = events.compactMap { event -> String? in
            if case .failed(let why) = event.kind { why } else { nil }
        }.last
        let waited = clock.now - (one.searchedAt ?? one.at)
        if items.isEmpty, let failure { return try await fail(next, failure) }
        if items.isEmpty, next.release.isEmpty, waited > .minutes(15) {
            return try await refuse(next, was: one.state, "nothing came into the queue")
        }
        let trouble = items.first { !$0.trouble.isEmpty }?.trouble ?? ""
        if waited > Self.patience {
            return try await fail(next, trouble.isEmpty ? "still not there after three days" : trouble)
        }
        next.outcome = trouble.isEmpty ? "on its way" : trouble
        next.tries = 0
        next.dueAt = clock.now + (waited < .hours(1) ? .minutes(1) : .minutes(10))
        _ = try await book.save(next, was: one.state)
    }

    // MARK: Ends

    private func landed(
        _ one: DownloadCase, was state: DownloadCase.State, _ path: String, _ size: Int64?
    ) async throws {
        var next = one
        next.path = path
        next.size = size ?? one.size
        let place = await self.place(of: path).reading
        next.state = place == .known(.disk) ? .downloaded : .elsewhere
        next.outcome = path
        try await end(next, was: state)
    }

    func refuse(_ one: DownloadCase, was state: DownloadCase.State, _ why: String) async throws {
        try await restore(one)
        var next = one
        next.state = .refused
        next.outcome = why
        try await end(next, was: state)
    }

    /// `one` may have changed since it was read; its state has not.
    func fail(_ one: DownloadCase, _ why: String) async throws {
        try await restore(one)
        var next = one
        next.state = .failed
        next.outcome = why
        try await end(next, was: one.state)
    }

    /// Closed: the row, the ledger, and whoever is to hear of it.
    func end(_ one: DownloadCase, was state: DownloadCase.State) async throws {
        // A download may be over before anybody was told that it began; its beginning is said first all the same.
        if one.untold == .start { try await tellUntold() }
        var next = one
        next.endedAt = clock.now
        next.dueAt = nil
        switch next.state {
        case .downloaded, .elsewhere, .refused, .failed, .missing: next.untold = .end
        default: break
        }
        guard try await book.save(next, was: state) else { return }
        guard next.untold == .end else {
            return log.decided(
                DecisionLine(
                    "downloads.end", next.state.rawValue, ids: ["case": "\(next.id)"], rule: next.rule,
                    subject: next.subject))
        }
        _ = try await Ledger(database).append(
            LedgerEntry(
                at: clock.now, actor: "downloads", action: "downloads.\(next.state.rawValue)", subject: next.subject,
                summary: "\(next.film.name): \(next.outcome)", reason: "\(next.rule): \(next.why)"))
    }

    // MARK: Notices

    /// What a Radarr says by itself. It only ever makes an end known sooner; the row says whether it was awaited.
    package func take(_ notice: ImportNotice) async throws {
        let meant = try await book.underWay().filter { $0.isMeant(by: notice) }
        if meant.isEmpty { return }
        // Several Radarrs may have the film, and all call themselves the same.
        let senders = sources.everywhere.count > 1 ? await sources.called(notice.instance) : []
        for one in meant {
            var next = one
            if !senders.isEmpty {
                guard senders.contains(one.target.isEmpty ? one.instance : one.target) else { continue }
                if senders.count > 1, one.downloadID.isEmpty || one.downloadID != notice.downloadID {
                    // Whose it is only asking tells: sooner than it would be.
                    if one.state == .searching { continue }
                    next.dueAt = clock.now
                    _ = try await book.save(next, was: one.state)
                    continue
                }
            }
            switch notice.event {
            case .grab(let release, let size):
                (next.release, next.size) = (release, size ?? one.size)
                next.downloadID = notice.downloadID ?? one.downloadID
                if one.state == .commanded || one.state == .grabbed { next.state = .grabbed }
                if next.untold == nil, one.release.isEmpty { next.untold = .start }
                _ = try await book.save(next, was: one.state)
            case .imported(let path, let size, _):
                // Of another download of the same film nothing was asked here.
                if let id = notice.downloadID, !one.downloadID.isEmpty, id != one.downloadID { continue }
                guard one.searchedAt != nil else { continue }
                try await landed(next, was: one.state, path, size)
            case .deleted, .other: continue
            }
        }
    }
}

extension DownloadCase {
    mutating func take(_ grab: HistoryEvent) {
        if case .grabbed(let title) = grab.kind { release = title }
        if !grab.downloadID.isEmpty { downloadID = grab.downloadID }
        size = grab.size ?? size
    }

    func isMeant(by notice: ImportNotice) -> Bool {
        switch film.isSame(as: notice.film) {
        case true?: true
        case false?: false
        case nil: notice.movieID != 0 && notice.movieID == movieID
        }
    }
}
