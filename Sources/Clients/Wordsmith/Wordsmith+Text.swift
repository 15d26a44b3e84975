// `POST /chat/completions`, in one piece.

internal import FoundationEssentials
internal import Runtime

extension Wordsmith {
    /// What the model says, without its reasoning; never empty.
    /// - Parameter mostTokens: those spent on reasoning included
    package func text(
        _ messages: [WordsmithMessage], mostTokens: Int = 4096
    ) async throws(WordsmithError) -> String {
        guard let textModel else { throw .notConfigured("AI_TEXT_MODEL") }
        let body = try await ask(
            ChatQuestion(model: textModel, messages: messages, most: mostTokens), within: limits.text,
            mostBytes: limits.mostTextBytes)
        return try ChatAnswer.text(in: body)
    }
}

struct ChatQuestion: WordsmithQuestion {
    static let path = "/chat/completions"

    var model: String
    var messages: [WordsmithMessage]
    var most: Int
    /// The older name first: servers that do not know the newer one leave it aside without a word, and would then write
    /// without end.
    var limitName: String? = "max_tokens"

    func without(_ fault: WordsmithFault) -> ChatQuestion? {
        guard let limitName, fault.blames(limitName) else { return nil }
        var other = self
        other.limitName = limitName == "max_tokens" ? "max_completion_tokens" : nil
        return other
    }

    func encode(to encoder: any Encoder) throws {
        struct Field: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(_ name: String) { stringValue = name }
            init?(stringValue: String) { self.init(stringValue) }
            init?(intValue: Int) { nil }
        }
        struct Turn: Encodable {
            var role: String
            var content: String
        }
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encode(model, forKey: Field("model"))
        try fields.encode(messages.map { Turn(role: $0.role.rawValue, content: $0.text) }, forKey: Field("messages"))
        try fields.encode(false, forKey: Field("stream"))
        if let limitName { try fields.encode(most, forKey: Field(limitName)) }
    }
}

enum ChatAnswer {
    private struct Wire: Decodable {
        struct Choice: Decodable {
            struct Message: Decodable {
                var content: Content?
                var refusal: String?
            }
            var message: Message
            var finish_reason: String?
        }
        /// One text, or a list of parts.
        struct Content: Decodable {
            var text: String

            init(from decoder: any Decoder) throws {
                struct Part: Decodable {
                    var type: String?
                    var text: String?
                }
                let value = try decoder.singleValueContainer()
                if let text = try? value.decode(String.self) {
                    self.text = text
                } else {
                    text = try value.decode([Part].self).filter { $0.type ?? "text" == "text" }.compactMap(\.text)
                        .joined()
                }
            }
        }
        var choices: [Choice]
    }

    static func text(in body: [UInt8]) throws(WordsmithError) -> String {
        guard let wire = try? JSONDecoder().decode(Wire.self, from: Data(body)), let choice = wire.choices.first else {
            // Some servers answer 200 to what they refuse.
            let fault = WordsmithFault(body)
            throw fault.message == nil
                ? .unreadable(Wordsmith.portrait(of: body)) : .refused(status: 200, fault.words(without: nil))
        }
        if let refusal = choice.message.refusal, !refusal.isEmpty {
            throw .declined(String(refusal.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(200)))
        }
        if choice.finish_reason == "content_filter" { throw .declined("a content filter stopped it") }
        if choice.finish_reason == "length" { throw .cutShort }
        let said = Reasoning.stripped(choice.message.content?.text ?? "")
        if said.allSatisfy(\.isWhitespace) { throw .empty }
        return said
    }
}
