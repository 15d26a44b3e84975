// The newsletter's templates compiled in, by the name under which an owner's file would stand in for one.

package enum BuiltInTemplates {
    /// What a letter's HTML and text are made of.
    static let htmlName = "letter"
    static let textName = "text"

    package static let all: [String: String] = page.merging(written) { $1 }.mapValues(squeezed)

    /// What every letter of ours is made of: the page around it, its colours, its button. It asks for a `footer`, which each
    /// kind of letter has for itself.
    static let page: [String: String] = ["layout": layout, "style": style, "button": button]

    private static let written: [String: String] = [
        "letter": letter, "hero": hero, "personal": personal,
        "suggestions": suggestions, "new": new, "community": community, "charts": charts, "footer": footer,
        "section-title": sectionTitle, "heading": heading, "name": name, "delta": delta, "more": more, "bar": bar,
        "bar-row": barRow, "poster-row": posterRow, "poster-tiles": posterTiles, "picture": picture,
        "text": text, "text-personal": textPersonal, "text-new": textNew, "text-community": textCommunity,
        "text-footer": textFooter,
    ]

    /// Without the blanks that make a template readable here: they would be a fifth of the letter.
    static func squeezed(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.drop { $0 == " " } }
            .joined(separator: "\n") + "\n"
    }
}
