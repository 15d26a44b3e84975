// What a refusal says. OpenAI: {"error": {"message", "type", "param", "code"}}; others {"error": "words"}, {"detail": …} or
// {"message": "words"}. Pure.

internal import FoundationEssentials
internal import Runtime

struct WordsmithFault: Sendable {
    /// Nil: the body is no refusal in anybody's JSON.
    var message: String?
    /// The parameter it complains of.
    var parameter: String?
    var code: String?

    init(_ body: [UInt8]) {
        guard let wire = try? JSONDecoder().decode(Wire.self, from: Data(body.prefix(1 << 16))) else { return }
        switch wire.error {
        case .some(.words(let words)): message = words
        case .some(.details(let details)):
            message = details.message ?? ""
            parameter = details.param
            code = details.code?.text
            if code == nil { code = details.type }
        case nil: message = wire.message ?? wire.detail?.text
        }
    }

    /// Short enough for a notice, on one line, and without our key.
    func words(without key: Secret?) -> String {
        var words = (message ?? "").split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        if let key = key?.reveal(), key.utf8.count >= 4 {
            words = words.split(separator: key, omittingEmptySubsequences: false).joined(separator: "•••")
        }
        return words.count > 200 ? words.prefix(200) + "…" : words
    }

    /// Whether this is the server's trouble with a parameter that may be left out.
    func blames(_ name: String) -> Bool {
        if let parameter { return parameter == name }
        // In whole: "max_tokens" is not meant by "max_completion_tokens".
        let words = (message ?? "").split { !$0.isLetter && $0 != "_" }
        return words.contains { $0 == name }
    }

    private struct Wire: Decodable {
        enum Complaint: Decodable {
            case words(String)
            case details(Details)

            init(from decoder: any Decoder) throws {
                let value = try decoder.singleValueContainer()
                if let words = try? value.decode(String.self) {
                    self = .words(words)
                } else {
                    self = .details(try value.decode(Details.self))
                }
            }
        }
        struct Details: Decodable {
            var message: String?
            var type: String?
            var param: String?
            var code: Loose?
        }
        /// A text in some servers, a number or a list in others.
        struct Loose: Decodable {
            var text: String?

            init(from decoder: any Decoder) throws {
                let value = try decoder.singleValueContainer()
                text = (try? value.decode(String.self)) ?? (try? value.decode(Int.self)).map { "\($0)" }
            }
        }
        var error: Complaint?
        var message: String?
        var detail: Loose?
    }
}
