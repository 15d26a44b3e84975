// The performers among Discogs' credits (sheet §7). Discogs has no kinds of roles, only words: those known not to be
// playing are left out, and the rest is taken for playing.

package import Discogs
internal import Domain

extension AlbumCredits {
    package init(_ release: DiscogsRelease) {
        var mentions: [Mention] = []
        for (index, track) in release.tracks.enumerated() {
            mentions += track.credits.compactMap { Mention($0, track: index) }
        }
        for credit in release.credits {
            if let some = release.tracks(of: credit) {
                mentions += some.sorted().compactMap { Mention(credit, track: $0) }
            } else if let mention = Mention(credit, track: nil) {
                mentions.append(mention)
            }
        }
        self.init(
            source: .discogs(release.id), leaders: release.artists.map(\.key), tracks: release.tracks.count, unread: 0,
            mentions: mentions)
    }
}

extension DiscogsCredit {
    fileprivate var key: String { id.map(String.init) ?? Folding.folded(name) }
}

extension Mention {
    fileprivate init?(_ credit: DiscogsCredit, track: Int?) {
        let played = credit.roles.filter { DiscogsRoles.isPlaying($0.name) }
        guard !played.isEmpty else { return nil }
        let words = played.map { DiscogsRoles.word($0.name) }
        self.init(
            key: credit.key, name: credit.name, roles: words, track: track,
            isGuest: played.allSatisfy { DiscogsRoles.isGuest($0.name) }, creditedAs: credit.printedAs)
    }
}

enum DiscogsRoles {
    static func isPlaying(_ role: String) -> Bool {
        let role = role.lowercased()
        if role.hasSuffix(" by") || role.hasSuffix("-by") || role == "by" { return false }
        let words = role.split { $0 == " " || $0 == "-" || $0 == "/" }
        return !words.contains { others.contains(String($0)) } && !otherPhrases.contains { role.contains($0) }
    }

    static func isGuest(_ role: String) -> Bool { ["featuring", "guest"].contains(role.lowercased()) }

    /// In MusicBrainz's words, as far as the two differ.
    static func word(_ role: String) -> String {
        switch role.lowercased() {
        case "featuring", "guest": "performer"
        case "contrabass", "acoustic bass", "upright bass": "double bass"
        case "electric bass", "electric bass guitar": "bass guitar"
        case "choir", "chorus": "choir"
        case let word: word
        }
    }

    private static let others: Set = [
        "producer", "engineer", "mastering", "design", "designer", "photography", "photographer", "artwork", "other",
        "technician", "songwriter", "arranger", "music", "lyrics", "a&r", "management", "manager", "mix", "remix",
        "remastering", "composer", "writer", "author", "lyricist", "coordinator", "layout", "cover", "illustration",
        "typography", "supervisor", "compiler", "transcription", "editor", "director", "painting", "sleeve",
        "lacquer", "consultant", "crew", "advisor", "research", "administrator", "restoration", "translation",
    ]
    private static let otherPhrases = ["liner notes", "art direction", "executive", "dj mix", "sound designer"]
}
