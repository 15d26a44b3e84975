// A model that writes and one that paints, behind any endpoint that speaks OpenAI's API (platform.openai.com/docs/
// api-reference): OpenAI itself, Ollama, llama.cpp, LocalAI, LM Studio, vLLM. What comes back is somebody's free text or
// picture: whoever shows it checks it first.

package import HTTP
package import Runtime

package struct Wordsmith: Sendable {
    let base: String
    let key: Secret?
    let http: HTTPClient
    let clock: any Clock
    let log: Log
    let limits: WordsmithLimits
    let chance: @Sendable () -> Double
    package let textModel: String?
    package let imageModel: String?

    /// - Parameters:
    ///   - url: with the version most servers have in it: "http://localhost:11434/v1"
    ///   - key: local servers need none
    package init(
        url: String, key: Secret? = nil, textModel: String? = nil, imageModel: String? = nil, http: HTTPClient,
        clock: any Clock, log: Log, limits: WordsmithLimits = .standard,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        var base = Substring(url)
        while base.last == "/" { base.removeLast() }
        self.base = String(base)
        self.key = key.flatMap { $0.isEmpty ? nil : $0 }
        self.textModel = textModel.flatMap { $0.isEmpty ? nil : $0 }
        self.imageModel = imageModel.flatMap { $0.isEmpty ? nil : $0 }
        self.http = http
        self.clock = clock
        self.log = log.labelled("words")
        self.limits = limits
        self.chance = chance
    }

    package var writes: Bool { textModel != nil }
    package var paints: Bool { imageModel != nil }
}

package struct WordsmithLimits: Sendable {
    /// For everything that one answer takes, second tries included.
    package var text: Duration
    package var image: Duration
    /// Of an answer in words. More is no introduction to anything.
    package var mostTextBytes: Int
    /// Of a picture as the server packs it; a third of it is base64's.
    package var mostImageBytes: Int

    package init(
        text: Duration = .seconds(60), image: Duration = .seconds(180), mostTextBytes: Int = 1 << 20,
        mostImageBytes: Int = 20 << 20
    ) {
        self.text = text
        self.image = image
        self.mostTextBytes = mostTextBytes
        self.mostImageBytes = mostImageBytes
    }

    package static let standard = WordsmithLimits()
}

/// One turn of the conversation.
package struct WordsmithMessage: Hashable, Sendable {
    package enum Role: String, Sendable {
        case system, user, assistant
    }

    package var role: Role
    package var text: String

    package init(_ role: Role, _ text: String) {
        self.role = role
        self.text = text
    }
}
