// Discord's error object: a code, a message and, for invalid forms, a tree of what is wrong where (sheet §3, Errors).

import FoundationEssentials

struct ErrorBody: Sendable {
    let code: Int
    let message: String
    /// "embeds[0].title: Must be 256 or fewer in length.", in the tree's order.
    let details: [String]

    init?(_ bytes: [UInt8]) {
        guard let wire = try? JSONDecoder().decode(Wire.self, from: Data(bytes)) else { return nil }
        code = wire.code
        message = wire.message
        details = wire.errors?.leaves(at: "") ?? []
    }

    private struct Wire: Decodable {
        let code: Int
        let message: String
        let errors: Node?

        private enum Key: String, CodingKey { case code, message, errors }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            message = values.text(.message)
            code = values.maybe(.code) ?? 0
            errors = values.maybe(.errors)
            if message.isEmpty && code == 0 {
                throw DecodingError.dataCorruptedError(forKey: .message, in: values, debugDescription: "no error")
            }
        }
    }

    private struct Leaf: Decodable {
        var code: String?
        var message: String?
    }

    /// Keys and, as strings, array indexes; leaves stand in `_errors`, possibly at the root.
    private struct Node: Decodable {
        var leaves: [Leaf] = []
        var branches: [(name: String, node: Node)] = []

        private struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            for key in values.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
                if key.stringValue == "_errors" {
                    leaves = values.list(key)
                } else if let node: Node = values.maybe(key) {
                    branches.append((key.stringValue, node))
                }
            }
        }

        func leaves(at path: String) -> [String] {
            let own = leaves.map { leaf in
                let text = leaf.message ?? leaf.code ?? "invalid"
                return path.isEmpty ? text : "\(path): \(text)"
            }
            return own
                + branches.flatMap { branch in
                    let isIndex = branch.name.allSatisfy(\.isNumber)
                    let step = isIndex ? "[\(branch.name)]" : path.isEmpty ? branch.name : ".\(branch.name)"
                    return branch.node.leaves(at: path + step)
                }
        }
    }
}
