// Other people's names inside a command that is kept as the way to undo something: whoever types it must get what was
// meant.

extension String {
    /// As one value of a command that is typed: in quotes where it would not hold together without.
    package var typed: String {
        let isPlain = !isEmpty && unicodeScalars.allSatisfy { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
        if isPlain { return self }
        return "\"" + reduce(into: "") { $0 += "\\\"“”„‟″＂«»".contains($1) ? "\\\($1)" : "\($1)" } + "\""
    }
}
