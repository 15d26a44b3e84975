// Discord's refusals (sheet §3, Errors): a number, a sentence, and for forms a tree that leads to the offending field.

package struct APIError: Error, Sendable {
    package var status: Int
    package var code: Int
    package var message: String
    package var errors: JSON?

    package init(_ status: Int, _ code: Int, _ message: String, errors: JSON? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors
    }

    package var body: JSON {
        var json: JSON = ["message": .string(message), "code": .int(Int64(code))]
        if let errors { json["errors"] = errors }
        return json
    }

    static let unauthorized = APIError(401, 0, "401: Unauthorized")
    static let notFound = APIError(404, 0, "404: Not Found")
    static let methodNotAllowed = APIError(405, 0, "405: Method Not Allowed")
    static let unknownChannel = APIError(404, 10003, "Unknown Channel")
    static let unknownGuild = APIError(404, 10004, "Unknown Guild")
    static let unknownMember = APIError(404, 10007, "Unknown Member")
    static let unknownMessage = APIError(404, 10008, "Unknown Message")
    static let unknownUser = APIError(404, 10013, "Unknown User")
    static let unknownEmoji = APIError(400, 10014, "Unknown Emoji")
    static let unknownWebhook = APIError(404, 10015, "Unknown Webhook")
    static let unknownInteraction = APIError(404, 10062, "Unknown interaction")
    static let unknownCommand = APIError(404, 10063, "Unknown application command")
    static let unknownApplication = APIError(404, 10002, "Unknown Application")
    static let alreadyAcknowledged = APIError(400, 40060, "Interaction has already been acknowledged.")
    static let tooLarge = APIError(413, 40005, "Request entity too large")
    static let missingAccess = APIError(403, 50001, "Missing Access")
    static let notYours = APIError(403, 50005, "Cannot edit a message authored by another user")
    static let empty = APIError(400, 50006, "Cannot send an empty message")
    static let cannotMessage = APIError(403, 50007, "Cannot send messages to this user")
    static let missingPermissions = APIError(403, 50013, "Missing Permissions")
    static let badDeletion = APIError(
        400, 50016,
        "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages")
    static let tooOldToDelete = APIError(400, 50034, "A message provided was too old to bulk delete")
    static let invalidToken = APIError(401, 50027, "Invalid Webhook Token")
    static let badContentType = APIError(
        400, 50035, "Invalid Form Body",
        errors: ["_errors": [["code": "CONTENT_TYPE_INVALID", "message": "Expected a supported \"Content-Type\"."]]])
    static let notJSON = APIError(400, 50109, "The request body contains invalid JSON.")
    static let needsHistory = APIError(400, 160_002, "Cannot reply without permission to read message history")
    static let tooManyReactions = APIError(400, 30010, "Maximum number of reactions reached (20)")
    static let tooManyCommandsToday = APIError(
        400, 30034, "Max number of daily application command creates has been reached (200)")
}

/// Collects what is wrong with a form, each with its path, and becomes one 50035.
package struct FormErrors: Sendable {
    private var entries: [(path: [String], code: String, message: String)] = []

    package init() {}
    package var isEmpty: Bool { entries.isEmpty }

    mutating func add(_ path: [String], _ code: String, _ message: String) { entries.append((path, code, message)) }

    package var error: APIError { APIError(400, 50035, "Invalid Form Body", errors: tree) }

    func check() throws(APIError) { if !isEmpty { throw error } }

    var tree: JSON {
        var root: JSON = [:]
        for entry in entries {
            root = Self.insert(
                ["code": .string(entry.code), "message": .string(entry.message)], entry.path[...], into: root)
        }
        return root
    }

    private static func insert(_ leaf: JSON, _ path: ArraySlice<String>, into node: JSON) -> JSON {
        guard let first = path.first else {
            return node.with("_errors", .array((node["_errors"]?.array ?? []) + [leaf]))
        }
        return node.with(first, insert(leaf, path.dropFirst(), into: node[first] ?? [:]))
    }
}
