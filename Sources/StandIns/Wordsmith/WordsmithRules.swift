// What this endpoint offers, and what its models are told to say.

package struct WordsmithRules: Sendable {
    /// Nil: it wants none, as a server at home.
    package var apiKey: String? = "sk-standin-0000-not-a-real-key"
    package var textModels: [WordsmithTextModel] = [.small, .modern, .thinker]
    package var imageModels: [WordsmithImageModel] = [.small, .modern]
    /// Said one after the other, the last one for ever.
    package var says = [
        "It was a good week on the server, with something for everybody. Have a look at what is new below, and at what "
            + "the others enjoyed."
    ]
    /// Of the message as a whole: what a filter or the model itself says instead.
    package var refusal: String?
    /// Painted as they are; nil: a picture of the size that was asked for.
    package var paints: [UInt8]?

    package init() {}
    package static let standard = WordsmithRules()
    /// As one at home that asks nobody for a key.
    package static var open: WordsmithRules {
        var rules = WordsmithRules()
        rules.apiKey = nil
        return rules
    }
}

package struct WordsmithTextModel: Sendable {
    package var name: String
    /// The one name of the limit it knows.
    package var limitName: String
    /// Said before the answer.
    package var reasoning: String?

    package init(name: String, limitName: String = "max_tokens", reasoning: String? = nil) {
        self.name = name
        self.limitName = limitName
        self.reasoning = reasoning
    }

    package static let small = WordsmithTextModel(name: "scribe-small")
    package static let modern = WordsmithTextModel(name: "scribe-modern", limitName: "max_completion_tokens")
    package static let thinker = WordsmithTextModel(
        name: "scribe-thinker", reasoning: "<think>\nThey want 12 sentences? No: 3.\n</think>\n\n")
}

package struct WordsmithImageModel: Sendable {
    package var name: String
    package var sizes: [String]
    /// Whether it may be told in which form to answer; else it is base64 always.
    package var takesResponseFormat: Bool

    package init(name: String, sizes: [String], takesResponseFormat: Bool) {
        self.name = name
        self.sizes = sizes
        self.takesResponseFormat = takesResponseFormat
    }

    package static let small = WordsmithImageModel(
        name: "brush-small", sizes: ["256x256", "768x256"], takesResponseFormat: true)
    package static let modern = WordsmithImageModel(
        name: "brush-modern", sizes: ["auto", "1024x1024", "1536x1024", "1024x1536"], takesResponseFormat: false)
}
