// Why an album could not be enriched, in a sentence for who asked.

package import Discogs
package import MusicBrainz
package import Plex

package enum EnrichTrouble: Error, Equatable, Sendable, CustomStringConvertible {
    case plex(PlexError)
    case musicBrainz(MusicBrainzError)
    case discogs(DiscogsError)
    /// What was named is a track, an artist, a film.
    case notAnAlbum(title: String, kind: String)
    case notAnArtist(title: String)
    case noTracks(title: String)
    case notAReleaseID(String)
    /// The marks in the summary are out of order.
    case brokenBlock(String)
    case nothingToUndo(title: String)
    case noBlock(title: String)
    /// Between looking and pressing, somebody else wrote.
    case changedMeanwhile(title: String)
    /// The number is another album's now: another server, another library.
    case anotherLibrary(title: String)
    case unknownSections([String])
    case underWay(String)

    package var description: String {
        switch self {
        case .plex(let error): error.description
        case .musicBrainz(let error): error.description
        case .discogs(let error): "MusicBrainz names no players, and \(error.description)"
        case .notAnAlbum(let title, let kind): "“\(title)” is \(Self.article(kind)), not an album"
        case .notAnArtist(let title): "“\(title)” is no artist"
        case .noTracks(let title):
            "Plex lists no tracks of “\(title)”, so no release can be told to be it: scan the library, then try again"
        case .notAReleaseID(let text):
            "“\(text)” is no MusicBrainz release: give the id or the address of its page, "
                + "such as musicbrainz.org/release/…"
        case .brokenBlock(let why): "\(why); nothing was changed"
        case .nothingToUndo(let title): "there is nothing of mine to undo at “\(title)”"
        case .noBlock(let title): "the summary of “\(title)” has no block of performers"
        case .changedMeanwhile(let title):
            "the summary of “\(title)” was changed since this was shown; nothing was written. Ask again"
        case .anotherLibrary(let title):
            "“\(title)” is no longer in the library it was in when this was shown; nothing was written. Ask again"
        case .unknownSections(let names):
            "ENRICH_SECTIONS names what is no music library: \(names.joined(separator: ", "))"
        case .underWay(let what): "a larger run is under way (\(what)); it goes on by itself"
        }
    }

    /// Worth another try by itself, a little later.
    package var isPassing: Bool {
        switch self {
        case .plex(let error):
            switch error {
            case .unreachable, .busy, .unreadable, .incomplete: true
            default: false
            }
        case .musicBrainz(let error): error.isPassing
        case .discogs(let error):
            switch error {
            case .busy, .unreachable, .unreadable: true
            default: false
            }
        default: false
        }
    }

    /// Every other album would meet the same.
    var isForAll: Bool {
        switch self {
        case .plex(.rejectedToken), .plex(.cancelled), .musicBrainz(.refused), .musicBrainz(.cancelled),
            .discogs(.badToken), .discogs(.cancelled):
            true
        default: false
        }
    }

    private static func article(_ kind: String) -> String {
        "aeiou".contains(kind.first ?? "x") ? "an \(kind)" : "a \(kind)"
    }
}

extension EnrichTrouble {
    /// The three services' errors under one roof; anything else goes on as it is.
    static func of(_ error: any Error) -> any Error {
        switch error {
        case let error as PlexError: EnrichTrouble.plex(error)
        case let error as MusicBrainzError: EnrichTrouble.musicBrainz(error)
        case let error as DiscogsError: EnrichTrouble.discogs(error)
        default: error
        }
    }
}
