// Every answer comes in `{"response":{"result","message","data"}}`. Success is HTTP 200 and "success" and data of the
// right form; any one of them alone is not (sheet §1).

import FoundationEssentials

/// Tautulli says success with `{}` or `[]` where Plex did not answer (sheet §7).
enum Told<Value: Decodable & Sendable>: Decodable, Sendable {
    case value(Value)
    case nothing

    init(from decoder: any Decoder) throws {
        if let list = try? decoder.unkeyedContainer(), list.count == 0 {
            self = .nothing
        } else if let fields = try? decoder.fields, fields.allKeys.isEmpty {
            self = .nothing
        } else {
            self = .value(try Value(from: decoder))
        }
    }
}

/// What the envelope says before its data is looked at.
struct Envelope: Decodable {
    let isSuccess: Bool
    let message: String?

    init(from decoder: any Decoder) throws {
        let response = try decoder.fields.nestedContainer(keyedBy: Field.self, forKey: "response")
        isSuccess = try response.decode(String.self, forKey: "result") == "success"
        message = response.filledText("message")
    }
}

struct Contents<Value: Decodable & Sendable>: Decodable {
    let data: Value

    init(from decoder: any Decoder) throws {
        let response = try decoder.fields.nestedContainer(keyedBy: Field.self, forKey: "response")
        data = try response.decode(Value.self, forKey: "data")
    }
}

enum Answer {
    static func read<Value: Decodable & Sendable>(
        _ type: Value.Type, status: Int, body: [UInt8], to command: String
    ) throws(TautulliError) -> Value {
        let data = Data(body)
        // Big answers are rarely errors: try for the data first, and ask the envelope why only when there is none.
        let envelope =
            status == 200 && body.count > 1 << 16 ? nil : try? JSONDecoder().decode(Envelope.self, from: data)
        if let envelope, status != 200 || !envelope.isSuccess {
            throw TautulliError(status: status, message: envelope.message, isEnvelope: true)
        }
        guard status == 200 else { throw TautulliError(status: status, message: nil, isEnvelope: false) }
        if let contents = try? JSONDecoder().decode(Contents<Value>.self, from: data) { return contents.data }
        if let envelope = envelope ?? (try? JSONDecoder().decode(Envelope.self, from: data)) {
            if envelope.isSuccess { throw .unreadable(command) }
            throw TautulliError(status: status, message: envelope.message, isEnvelope: true)
        }
        // Half a JSON text is a broken line; a page of HTML is another server.
        if body.first == UInt8(ascii: "{") { throw .unreadable(command) }
        throw TautulliError(status: status, message: nil, isEnvelope: false)
    }
}
