// The body of a message to send or change, read and checked (sheet §3 Endpoints and Files, §4, §5 allowed_mentions).

package struct UploadedFile: Sendable {
    /// The n of `files[n]`.
    package var number: Int
    package var name: String
    package var type: String
    package var bytes: [UInt8]

    package init(number: Int, name: String, type: String, bytes: [UInt8]) {
        self.number = number
        self.name = name
        self.type = type
        self.bytes = bytes
    }
}

struct AllowedMentions {
    var users: Set<DiscordID> = []
    var roles: Set<DiscordID> = []
    var parsesUsers: Bool
    var parsesRoles: Bool
    var parsesEveryone: Bool
    var pingsReplied: Bool

    /// Left out on ordinary messages: everything pings.
    static let everything = AllowedMentions(
        parsesUsers: true, parsesRoles: true, parsesEveryone: true, pingsReplied: true)
    /// Left out on webhooks and interactions: only users.
    static let onlyUsers = AllowedMentions(
        parsesUsers: true, parsesRoles: false, parsesEveryone: false, pingsReplied: false)
}

struct MessageForm {
    /// Nil: not named, so an edit leaves it alone.
    var content: String?
    var embeds: [JSON]?
    var components: [JSON]?
    /// Attachments to keep, in an edit that names `attachments`.
    var keptAttachments: [JSON]?
    var files: [(file: UploadedFile, description: String?, isSpoiler: Bool)] = []
    var flags = 0
    var nonce: JSON?
    var enforcesNonce = false
    var isSpoken = false
    var repliesTo: DiscordID?
    var failsWithoutTarget = true
    var allowedMentions: AllowedMentions

    static let fileLimit = 10 << 20
    static let requestLimit = 25 << 20

    init(
        _ body: JSON, files uploads: [UploadedFile], absentMentions: AllowedMentions = .everything,
        currentFlags: Int = 0
    ) throws(APIError) {
        guard body.fields != nil else {
            throw APIError(
                400, 50035, "Invalid Form Body",
                errors: [
                    "_errors": [
                        ["code": "DICT_TYPE_CONVERT", "message": "Only dictionaries may be used in a DictType"]
                    ]
                ]
            )
        }
        var form = FormReader()
        allowedMentions = form.allowedMentions(body["allowed_mentions"], absent: absentMentions)
        flags = form.int(body["flags"], ["flags"], in: 0...Int(Int32.max)) ?? 0
        let isV2 = (flags | currentFlags) & DiscordWorld.MessageFlag.componentsV2 != 0

        if let json = body["content"] {
            // Above 4000 the real one names 4000 in its error, from 2001 on 2000.
            let length = json.string?.unicodeScalars.count ?? 0
            content = form.text(json, ["content"], max: length > 4000 ? 4000 : 2000)?.trimmed ?? ""
        }
        if let json = body["embeds"] { embeds = form.embeds(json, ["embeds"]) }
        if let json = body["components"] { components = form.components(json, ["components"], isV2: isV2) }
        if isV2 {
            for (key, isUsed) in [("content", !(content ?? "").isEmpty), ("embeds", !(embeds ?? []).isEmpty)]
            where isUsed {
                form.errors.add(
                    [key], "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    "The '\(key)' field cannot be used when using MessageFlags.IS_COMPONENTS_V2")
            }
        }
        if let json = body["nonce"], !json.isNull {
            _ = form.text(json, ["nonce"], max: 25)
            nonce = json
        }
        enforcesNonce = form.flag(body["enforce_nonce"], ["enforce_nonce"])
        isSpoken = form.flag(body["tts"], ["tts"])
        if let reference = form.object(body["message_reference"], ["message_reference"]) {
            repliesTo = reference["message_id"]?.id
            failsWithoutTarget = reference["fail_if_not_exists"]?.bool ?? true
            if repliesTo == nil {
                form.errors.add(["message_reference", "message_id"], "NUMBER_TYPE_COERCE", "Value is not snowflake.")
            }
        }
        try readFiles(body["attachments"], uploads, &form)
        resolveAttachmentLinks(&form)
        try form.errors.check()
    }

    var isEmpty: Bool {
        (content ?? "").isEmpty && (embeds ?? []).isEmpty && (components ?? []).isEmpty && files.isEmpty
    }

    private mutating func readFiles(_ json: JSON?, _ uploads: [UploadedFile], _ form: inout FormReader) throws(APIError)
    {
        if uploads.contains(where: { $0.bytes.count > Self.fileLimit }) { throw .tooLarge }
        if uploads.count > 10 {
            form.errors.add(["files"], "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
        }
        guard let json, !json.isNull else {
            files = uploads.map { ($0, nil, false) }
            return
        }
        var kept: [JSON] = []
        for (index, item) in form.list(json, ["attachments"], max: 10).enumerated() {
            let path = ["attachments", "\(index)"]
            guard let id = item["id"]?.id else {
                form.errors.add(path + ["id"], "BASE_TYPE_REQUIRED", "This field is required")
                continue
            }
            let description = form.text(item["description"], path + ["description"], max: 1024)
            if var upload = uploads.first(where: { UInt64($0.number) == id }) {
                if let name = item["filename"]?.string { upload.name = name }
                files.append((upload, description, item["is_spoiler"]?.bool ?? false))
            } else if id < 1000 {
                // Small numbers name a part of this very request.
                form.errors.add(
                    path + ["id"], "MESSAGE_ATTACHMENT_NOT_FOUND", "Attachment \(id) was not found in the request.")
            } else {
                kept.append(item)
            }
        }
        keptAttachments = kept
    }

    /// `attachment://name` must name a file of this request, of a kind that can be shown.
    private mutating func resolveAttachmentLinks(_ form: inout FormReader) {
        for (index, embed) in (embeds ?? []).enumerated() {
            for kind in ["image", "thumbnail"] {
                guard let url = embed[kind]?["url"]?.string, url.hasPrefix("attachment://") else { continue }
                let name = url.dropFirst("attachment://".count)
                let shows = ["png", "jpg", "jpeg", "webp", "gif"].contains { name.lowercased().hasSuffix(".\($0)") }
                if !shows || (!files.contains { $0.file.name == name } && keptAttachments == nil) {
                    form.errors.add(
                        ["embeds", "\(index)", kind, "url"], "MESSAGE_ATTACHMENT_NOT_FOUND",
                        "attachment://\(name) names no picture of this request.")
                }
            }
        }
    }
}

extension FormReader {
    fileprivate mutating func allowedMentions(_ json: JSON?, absent: AllowedMentions) -> AllowedMentions {
        guard let json = object(json, ["allowed_mentions"]) else { return absent }
        let at = ["allowed_mentions"]
        var parsed: Set<String> = []
        for (index, item) in list(json["parse"], at + ["parse"], max: 3).enumerated() {
            guard let kind = item.string, ["users", "roles", "everyone"].contains(kind) else {
                errors.add(
                    at + ["parse", "\(index)"], "BASE_TYPE_CHOICES",
                    "Value must be one of ('users', 'roles', 'everyone').")
                continue
            }
            parsed.insert(kind)
        }
        var allowed = AllowedMentions(
            parsesUsers: parsed.contains("users"), parsesRoles: parsed.contains("roles"),
            parsesEveryone: parsed.contains("everyone"), pingsReplied: flag(json["replied_user"], at + ["replied_user"])
        )
        allowed.users = Set(list(json["users"], at + ["users"], max: 100).compactMap(\.id))
        allowed.roles = Set(list(json["roles"], at + ["roles"], max: 100).compactMap(\.id))
        for (kind, ids) in [("users", allowed.users), ("roles", allowed.roles)]
        where parsed.contains(kind) && !ids.isEmpty {
            errors.add(
                at, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                "parse:[\"\(kind)\"] and \(kind): [ids...] are mutually exclusive.")
        }
        return allowed
    }
}
