// A hook as the inbox keeps it: what HookEvent's own decoder reads, written down directly, as it is written for every hook
// and read once. Whoever gives Playback or ImportNotice a field is told by a test when it is missing here.

package import Domain
internal import LooseJSON
internal import Runtime

package enum KeptHook {
    package static func bytes(_ event: HookEvent) -> [UInt8] {
        switch event {
        case .playback(let playback): JSONText.fields(["playback": .fields(["_0": json(playback)])]).bytes
        case .notice(let notice): JSONText.fields(["notice": .fields(["_0": json(notice)])]).bytes
        }
    }

    private static func json(_ playback: Playback) -> JSONText {
        .fields([
            "source": .text(playback.source.rawValue),
            "kind": json(playback.kind),
            "user": .fields(["id": playback.user.id.map(JSONText.text), "name": playback.user.name.map(JSONText.text)]),
            "itemKind": json(playback.itemKind), "film": json(playback.film), "itemID": .text(playback.itemID),
            "mediaSourceID": playback.mediaSourceID.map(JSONText.text), "runtime": playback.runtime.map(json),
            "position": playback.position.map(json), "saidWatched": playback.saidWatched.map(JSONText.claim),
            "at": .whole(playback.at.milliseconds), "client": .text(playback.client), "device": .text(playback.device),
        ])
    }

    private static func json(_ kind: Playback.Kind) -> JSONText {
        switch kind {
        case .stop: bare("stop")
        case .other(let word): other(word)
        }
    }

    private static func json(_ kind: Playback.ItemKind) -> JSONText {
        switch kind {
        case .film: bare("film")
        case .episode: bare("episode")
        case .other(let word): other(word)
        }
    }

    private static func json(_ notice: ImportNotice) -> JSONText {
        .fields([
            "event": json(notice.event), "instance": .text(notice.instance), "movieID": .whole(notice.movieID),
            "film": json(notice.film), "downloadID": notice.downloadID.map(JSONText.text),
            "at": .whole(notice.at.milliseconds),
        ])
    }

    private static func json(_ event: ImportNotice.Event) -> JSONText {
        switch event {
        case .grab(let release, let size):
            .fields(["grab": .fields(["release": .text(release), "size": size.map { .whole($0) }])])
        case .imported(let path, let size, let isUpgrade):
            .fields([
                "imported": .fields([
                    "path": .text(path), "size": size.map { .whole($0) }, "isUpgrade": .claim(isUpgrade),
                ])
            ])
        case .deleted(let path): .fields(["deleted": .fields(["path": path.map(JSONText.text)])])
        case .other(let word): other(word)
        }
    }

    private static func json(_ film: FilmIDs) -> JSONText {
        .fields([
            "tmdb": film.tmdb.map { .whole($0) }, "imdb": film.imdb.map(JSONText.text), "title": .text(film.title),
            "year": film.year.map { .whole($0) },
        ])
    }

    /// Attoseconds in two halves, as the standard library has it.
    private static func json(_ duration: Duration) -> JSONText {
        let all = duration.attoseconds
        return .list([.whole(Int64(truncatingIfNeeded: all >> 64)), .whole(UInt64(truncatingIfNeeded: all))])
    }

    private static func bare(_ word: String) -> JSONText { .fields([word: .fields([:])]) }
    private static func other(_ word: String) -> JSONText { .fields(["other": .fields(["_0": .text(word)])]) }
}
