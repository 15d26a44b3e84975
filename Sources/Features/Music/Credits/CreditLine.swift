// The line that goes into an album's summary: "John Coltrane: tenor saxophone | McCoy Tyner: piano".

package struct CreditLineStyle: Hashable, Sendable {
    /// More names than this are counted, not listed; nil: all.
    package var most: Int?
    /// "Sax" for every saxophone, "bass" for the double bass. Off by default, so that nothing is lost.
    package var isShort: Bool
    /// Names as the sleeve has them, where it differs.
    package var usesPrintedNames: Bool

    package init(most: Int? = 20, isShort: Bool = false, usesPrintedNames: Bool = false) {
        self.most = most
        self.isShort = isShort
        self.usesPrintedNames = usesPrintedNames
    }

    package static let standard = CreditLineStyle()
    package static let everybody = CreditLineStyle(most: nil)
}

extension AlbumCredits {
    /// Empty when nobody is credited.
    package func line(_ style: CreditLineStyle = .standard) -> String {
        let shown = style.most.map { performers.prefix(max($0, 1)) } ?? performers[...]
        var parts = shown.map { performer in
            var roles: [String] = []
            for role in performer.roles.map({ style.isShort ? Self.short($0) : $0 }) where !roles.contains(role) {
                roles.append(role)
            }
            let name = style.usesPrintedNames ? performer.creditedAs.first ?? performer.name : performer.name
            return "\(Self.onOneLine(name)): \(Self.onOneLine(roles.joined(separator: ", ")))"
        }
        if shown.count < performers.count { parts.append("+ \(performers.count - shown.count) more") }
        return parts.joined(separator: " | ")
    }

    private static func short(_ role: String) -> String {
        switch role {
        case "tenor saxophone", "soprano saxophone", "alto saxophone", "baritone saxophone", "saxophone": "Sax"
        case "double bass": "bass"
        default: role
        }
    }

    /// The line is one line in the block, whatever a name holds.
    private static func onOneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// Where it comes from, for the block's last line: a later run compares it.
    package var sourceLine: String {
        switch source {
        case .musicBrainz(let id): "MusicBrainz release \(id)"
        case .discogs(let id): "Data provided by Discogs, release \(id)"
        }
    }
}
