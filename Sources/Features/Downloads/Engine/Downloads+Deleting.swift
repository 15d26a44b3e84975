// Proposals to delete what nobody watches. Nothing goes by itself: an admin says yes to each file, and everything is
// asked again before it goes.

internal import Domain
internal import Runtime
internal import Storage

extension Downloads {
    /// Looks for files to propose, the largest first. Gives how many there are now to be asked about.
    @discardableResult
    package func propose() async throws -> Int {
        if wishes.mode == .off || wishes.keepDays == 0 || wishes.proposals == 0 { return 0 }
        let rules = KeepRules(wishes)
        var found = 0
        for instance in sources.everywhere {
            switch await within(.seconds(120), on: clock, { [sources] in await sources.films(instance) }) {
            case .known(let entries)?:
                for entry in entries.sorted(by: { ($0.size ?? 0) > ($1.size ?? 0) }) where found < wishes.proposals {
                    if Task.isCancelled { return found }
                    if try await propose(entry, rules) { found += 1 }
                }
            case .absent?: continue
            case .unknown(let why)?: log.warning("nothing is proposed for deletion: \(instance): \(why)")
            case nil: log.warning("nothing is proposed for deletion: \(instance) gave no answer")
            }
        }
        try await tellProposals()
        return found
    }

    private func propose(_ entry: FilmEntry, _ rules: KeepRules) async throws -> Bool {
        let now = clock.now
        let word = try await book.override(entry.ids)
        guard let file = entry.fileID, rules.reasonToKeep(entry, word, at: now) == nil else { return false }
        let keep = Duration.days(Int64(wishes.keepDays))
        if try await book.isProposed(entry, file: file, since: now - keep) { return false }
        let watched = try await lastWatched(entry)
        // A link frees nothing.
        guard await place(of: entry.path).reading == .known(.disk) else { return false }
        let favourite = await soon { [sources] in await sources.isFavourite(entry) }
        guard rules.reasonToKeep(watched: watched, favourite: favourite, at: now) == nil else { return false }
        let days = watched.known.map { (now - $0).milliseconds / 86_400_000 }
        let why = days.map { "last watched \($0) days ago" } ?? "nobody is known to have watched it"
        try await book.propose(entry, file: file, why: why, watched: watched.known)
        return true
    }

    private func lastWatched(_ entry: FilmEntry) async throws -> Reading<Instant> {
        let said = await soon { [sources] in await sources.lastWatched(entry) }
        guard let own = try await book.lastWatched(entry.ids) else { return said }
        switch said {
        case .known(let at): return .known(max(at, own))
        case .absent: return .known(own)
        case .unknown: return said
        }
    }

    func tellProposals() async throws {
        for proposal in try await book.untoldProposals() {
            let isTold = try await tell(
                .card(DownloadCards.proposal(proposal, keepDays: wishes.keepDays)), key: "proposal:\(proposal.id)",
                isQuestion: true)
            if isTold { try await book.toldProposal(proposal.id) }
        }
    }

    /// An admin's no: it is not asked again for as long as a film is kept.
    package func keep(_ id: Int64, by actor: String) async throws -> DownloadAnswer {
        guard try await book.set(id, .kept, from: [.asked, .failed], by: actor) else {
            return DownloadAnswer(false, "It is decided already.")
        }
        return DownloadAnswer(true, "It stays.")
    }

    package func delete(_ id: Int64, by actor: String) async throws -> DownloadAnswer {
        guard let proposal = try await book.proposal(id) else {
            return DownloadAnswer(false, "There is no such proposal.")
        }
        if try await !book.set(id, .approved, from: [.asked, .failed, .approved], by: actor) {
            return DownloadAnswer(false, "It is decided already.")
        }
        if let why = try await obstacle(proposal) {
            _ = try await book.set(id, .failed, from: [.approved], by: nil, why: why)
            return DownloadAnswer(false, "It stays: \(why).")
        }
        let acts = acts
        let effect = Effect(
            key: "\(DownloadKind.delete):\(proposal.instance):\(proposal.film.key):\(id)", kind: DownloadKind.delete,
            summary: "Deletes the file of \(proposal.film.name) from the disk", actor: actor,
            subject: proposal.film.key,
            reason: proposal.why, evidence: (try? JSONText.text(["path": proposal.path])) ?? "{}", isDestructive: true)
        let result = try await effects.perform(effect) {
            try await acts.delete(proposal.instance, proposal.movieID, proposal.fileID)
        }
        switch result {
        case .done, .alreadyDone:
            _ = try await book.set(id, .deleted, from: [.approved], by: nil)
            return DownloadAnswer(true, "Deleted. It can still be streamed if the cloud has it.")
        case .dryRun:
            _ = try await book.set(id, .asked, from: [.approved], by: nil)
            return DownloadAnswer(false, "A dry run: it would be deleted.")
        case .failed(let why), .refused(let why):
            _ = try await book.set(id, .failed, from: [.approved], by: nil, why: why)
            return DownloadAnswer(false, "It was not deleted: \(why).")
        case .interrupted: return DownloadAnswer(false, "Nobody knows yet whether it was deleted.")
        }
    }

    /// Everything once more: weeks may have passed since the question.
    private func obstacle(_ proposal: DeletionProposal) async throws -> String? {
        let entry: FilmEntry
        switch await within(
            .seconds(10), on: clock, { [sources] in await sources.film(proposal.instance, proposal.film) })
        {
        case .found(let found)? where found.id == proposal.movieID: entry = found
        case .unknown(let why)?: return why
        case nil: return "\(proposal.instance) gave no answer"
        default: return "\(proposal.instance) does not have it as it did"
        }
        if entry.fileID != proposal.fileID || entry.path != proposal.path { return "another file is there now" }
        let rules = KeepRules(wishes)
        if let why = rules.reasonToKeep(entry, try await book.override(entry.ids), at: clock.now) { return why }
        guard await place(of: entry.path).reading == .known(.disk) else { return "it is no file on the disk" }
        let favourite = await soon { [sources] in await sources.isFavourite(entry) }
        let watched = try await lastWatched(entry)
        return rules.reasonToKeep(watched: watched, favourite: favourite, at: clock.now)
    }
}
