// `!plex enrich`: who plays on an album, as a line in its summary. Everybody trusted may look; admins write.

import Bot
import Domain
internal import Music
import MusicBrainz
import Plex

struct Enrich: Command {
    let source: Configured<Enrichment>

    var signature: Signature {
        let albums = Option.text(
            "album", "Title, “artist - title”, or the number Plex knows it by", rest: true
        ) { [source] completion in
            guard let enrichment = source.value else { return [] }
            return try await enrichment.suggestions(completion.partial).map { album in
                let choice = EnrichReports.choice(album)
                return .init(
                    choice.detail.isEmpty ? choice.label : "\(choice.label) (\(choice.detail))", value: choice.value)
            }
        }
        let artists = Option.text("artist", "Do every album of this artist", rest: true) { [source] completion in
            guard let enrichment = source.value else { return [] }
            return try await enrichment.artistSuggestions(completion.partial).map {
                .init($0.title, value: $0.ratingKey)
            }
        }
        return Signature(
            "enrich", "Puts who plays on an album into its summary",
            options: [
                .text("release", "The MusicBrainz release to take, by id or address", longest: 200).onlyNamed(),
                artists.onlyNamed(), .flag("undo", "Take the last change of this album back"),
                .flag("remove", "Take the block out of the summary"),
                .flag("repair", "Put marks that got out of order in order"), albums,
            ], level: .trusted, isSlow: true,
            examples: [
                .init("enrich", "how far all albums have come"),
                .init("enrich Blue Harbour", "shows the line for that album, and a button to write it"),
                .init("enrich The Lantern Quintet - Blue Harbour", "the same, where several have that title"),
                .init(
                    "enrich Blue Harbour --release 1a7e2000-0002-4a10-8000-00000000a102",
                    "takes the release you know to be right"),
                .init("enrich Blue Harbour --undo", "puts the summary back as it was"),
                .init("enrich --artist The Lantern Quintet", "does every album of theirs, one by one"),
            ])
    }

    func run(_ call: Call) async throws -> Answer {
        let enrichment = try source.get()
        return try await EnrichDesk.plainly {
            let desk = EnrichDesk(enrichment, by: call.caller)
            if let artist = call.arguments.text("artist") { return try await desk.artist(artist) }
            guard let album = call.arguments.text("album") else { return .report(try await enrichment.overview()) }
            return try await desk.album(album, try wish(call.arguments))
        }
    }

    private func wish(_ arguments: Arguments) throws -> EnrichWish {
        let flags = ["undo", "remove", "repair"].filter { arguments.flag($0) }
        let release = arguments.text("release")
        guard flags.count + (release == nil ? 0 : 1) <= 1 else {
            throw Complaint("Please ask for one thing at a time: undo, remove, repair or a release.")
        }
        if let release {
            guard let id = EnrichWish.release(in: release) else { throw EnrichTrouble.notAReleaseID(release) }
            return .release(id)
        }
        return flags.first.flatMap { SummaryChange.Action(rawValue: $0) }.map(EnrichWish.back) ?? .look
    }
}
