// What a reader may choose to get, and what of it is in this letter.

package enum LetterSection: String, Sendable, Hashable, Codable, CaseIterable {
    /// Their own numbers.
    case personal
    /// What people of like taste watched and they did not.
    case suggestions
    /// What came into the libraries.
    case new
    /// What the others watched, and what was watched together.
    case community
    /// Activity by day and hour, libraries, how plays reached their players.
    case charts

    /// As a preferences page names it.
    package var title: String {
        switch self {
        case .personal: "Your own numbers"
        case .suggestions: "Something you may like"
        case .new: "New on the server"
        case .community: "What everybody watched"
        case .charts: "Charts"
        }
    }
}
