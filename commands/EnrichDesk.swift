// What `!plex enrich` and its cards have in common: the same questions come from words, from menus and from buttons.

import Bot
import Discord
import Domain
import Music
import MusicBrainz
import Plex
import Runtime

/// What is wanted of an album; it travels in a menu's subject.
enum EnrichWish: Hashable, Sendable {
    case look
    case release(MBID)
    /// undo, remove, repair
    case back(SummaryChange.Action)

    var text: String {
        switch self {
        case .look: ""
        case .release(let id): id.description
        case .back(let action): action.rawValue
        }
    }

    init(_ text: String) {
        if let id = MBID(text) {
            self = .release(id)
        } else if let action = SummaryChange.Action(rawValue: text), action != .write {
            self = .back(action)
        } else {
            self = .look
        }
    }

    /// The id alone, or within the address of its page.
    static func release(in text: String) -> MBID? {
        if let id = MBID(text) { return id }
        return text.split { "/?#<> ".contains($0) }.lazy.compactMap { MBID($0) }.first
    }
}

struct EnrichDesk: Sendable {
    let enrichment: Enrichment
    let caller: Caller
    private var reports: EnrichReports { enrichment.reports }

    init(_ enrichment: Enrichment, by caller: Caller) {
        self.enrichment = enrichment
        self.caller = caller
    }

    /// Troubles of the services as what they are: a sentence for who asked.
    static func plainly<Value: Sendable>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch let trouble as EnrichTrouble {
            throw Complaint(Prose(text: EnrichReports.sentence(trouble.description)))
        }
    }

    // MARK: One album

    func album(_ typed: String, _ wish: EnrichWish) async throws -> Answer {
        switch try await enrichment.find(typed) {
        case .one(let found): return try await album(key: found.ratingKey, wish)
        case .several(let albums):
            var card = reports.menu(albums, asked: typed)
            card.subject = wish.text
            return .card(card)
        case .none(let like):
            guard !like.isEmpty else {
                throw Complaint(
                    "Plex has no album “\(typed)”.",
                    advice: ["Write it as Plex shows it, or as “artist - title”."])
            }
            var card = reports.suggestions(like, asked: typed)
            card.subject = wish.text
            return .card(card)
        }
    }

    func album(key: String, _ wish: EnrichWish) async throws -> Answer {
        switch wish {
        case .look: return try await show(try await enrichment.look(at: key))
        case .release(let id): return try await show(try await enrichment.look(at: key, release: id))
        case .back(.repair):
            // With the line renewed where it can be, else the marks alone.
            let finding = try await enrichment.look(at: key, repairs: true)
            switch finding {
            case .preview, .alreadyThere: return try await show(finding)
            case .ask, .nobody, .broken: return try await back(.repair, key)
            }
        case .back(let action): return try await back(action, key)
        }
    }

    private func show(_ finding: Enrichment.Finding) async throws -> Answer {
        switch finding {
        case .preview(let change, let evidence, _, _):
            let report = reports.preview(finding, picture: await enrichment.cover(of: evidence.item))
            return offer(change, report)
        case .ask(let evidence, let candidates, _) where !candidates.isEmpty:
            return .card(
                reports.menu(candidates, album: evidence.item.ratingKey, reports.preview(finding)))
        case .alreadyThere, .ask, .nobody, .broken: return .report(reports.preview(finding))
        }
    }

    private func back(_ action: SummaryChange.Action, _ key: String) async throws -> Answer {
        let retreat = try await enrichment.retreat(action, of: key)
        if retreat.draft.changesNothing, retreat.draft.locks == retreat.draft.wasLocked {
            return .report(
                Report("\(strong: retreat.change.name) is that way already.", lines: ["Nothing is to be done."]))
        }
        return offer(retreat.change, reports.retreat(retreat))
    }

    private func offer(_ change: SummaryChange, _ report: Report) -> Answer {
        guard caller.level == .admin else {
            var report = report
            report.footer = "A preview: only admins write"
            return .report(report)
        }
        return .card(reports.confirmation(change, report))
    }

    // MARK: One artist

    func artist(_ typed: String) async throws -> Answer {
        guard caller.level == .admin else { throw Complaint("A whole artist is for admins only.") }
        switch try await enrichment.findArtist(typed) {
        case .one(let artist): return .card(try await confirmation(artist.ratingKey))
        case .several(let artists): return .card(menu(artists, "Several artists are called \(strong: typed)."))
        case .none(let like):
            guard !like.isEmpty else { throw Complaint("Plex has no artist “\(typed)”.") }
            return .card(menu(like, "Plex has no artist \(strong: typed). Perhaps one of these?"))
        }
    }

    private func menu(_ artists: [PlexItem], _ line: Prose) -> Card {
        Card(
            Report("Which artist do you mean?", lines: [line]), kind: EnrichCard.artist,
            choices: artists.map { .init(String($0.title.prefix(100)), value: $0.ratingKey, detail: $0.sectionTitle) },
            layout: .menu(prompt: "Choose the artist"), lasts: .hours(1))
    }

    func confirmation(_ key: String) async throws -> Card {
        let (name, count) = try await enrichment.size(ofArtist: key)
        let report = Report(
            "Enrich all albums of \(strong: name)?",
            lines: [
                "Plex has \(count) of them; it takes about \(Duration.seconds(4 * count).inWords).",
                "Only what is sure is written; the rest is listed for you to choose. Each can be taken back.",
            ])
        return Card(
            report, kind: EnrichCard.artist, subject: key,
            choices: [
                .init("Enrich them", value: EnrichCard.confirmed, weight: .main), .init("Cancel", value: "no"),
            ], lasts: .hours(1))
    }
}
