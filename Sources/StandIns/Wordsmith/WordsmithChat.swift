// `POST /v1/chat/completions`, in one piece: what the rules say, cut where the limit is reached. A word is a token.

import Runtime

extension WordsmithDesk {
    private static let known: Set<String> = [
        "model", "messages", "max_tokens", "max_completion_tokens", "stream", "temperature", "top_p", "n", "stop",
        "seed",
        "user", "presence_penalty", "frequency_penalty", "response_format",
    ]

    func chat(_ body: WordsmithBody) throws(WordsmithRefusal) -> JSON {
        let name = try body.text("model")
        guard let model = change({ $0.rules.textModels }).first(where: { $0.name == name }) else {
            throw .noModel(name)
        }
        try body.allow(Self.known)
        let asked = try wordCount(body)
        for other in ["max_tokens", "max_completion_tokens"] where other != model.limitName && body[other] != nil {
            throw .unsupported(other, instead: model.limitName)
        }
        if body["stream"]?.bool == true { throw .invalid("stream", "this stand-in answers in one piece") }
        let limit = try body.number(model.limitName, 1...1_000_000) ?? 1_000_000
        let (said, refusal, number) = change { state in
            state.lastNumber += 1
            let said = state.rules.says.first ?? ""
            if state.rules.says.count > 1 { state.rules.says.removeFirst() }
            return (said, state.rules.refusal, state.lastNumber)
        }
        let (text, tokens, isCut) = Self.cut((model.reasoning ?? "") + said, after: limit)
        return [
            "id": .string("chatcmpl-\(number)"), "object": "chat.completion",
            "created": .int(clock.now.milliseconds / 1000), "model": .string(name),
            "choices": [
                [
                    "index": 0,
                    "message": [
                        "role": "assistant", "content": refusal == nil ? .string(text) : .null,
                        "refusal": .text(refusal),
                    ],
                    "logprobs": .null, "finish_reason": isCut ? "length" : "stop",
                ]
            ],
            "usage": [
                "prompt_tokens": .int(Int64(asked)), "completion_tokens": .int(Int64(tokens)),
                "total_tokens": .int(Int64(asked + tokens)),
            ],
        ]
    }

    private func wordCount(_ body: WordsmithBody) throws(WordsmithRefusal) -> Int {
        guard let messages = body["messages"] else { throw .missing("messages") }
        guard let list = messages.array, !list.isEmpty else {
            throw .invalid("messages", "expected an array with at least one message")
        }
        var words = 0
        for (place, message) in list.enumerated() {
            guard let role = message["role"]?.string, ["system", "developer", "user", "assistant"].contains(role) else {
                throw .invalid("messages[\(place)].role", "expected 'system', 'developer', 'user' or 'assistant'")
            }
            guard let content = message["content"]?.string else {
                throw .invalid("messages[\(place)].content", "expected a text")
            }
            words += content.split(whereSeparator: \.isWhitespace).count
        }
        return words
    }

    private static func cut(_ text: String, after limit: Int) -> (text: String, tokens: Int, isCut: Bool) {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count > limit, let last = words.prefix(limit).last else { return (text, words.count, false) }
        return (String(text[..<last.endIndex]), limit, true)
    }
}
