// From a checked form to a message: who is mentioned, where the files lie, what an edit leaves (sheet §3 Files, §5).

import Runtime

extension DiscordWorld {
    /// A new message, not yet in its channel.
    mutating func compose(_ form: MessageForm, by author: DiscordID, in channel: DiscordID) -> Message {
        var message = Message(id: snowflake(), channel: channel, author: author, at: now)
        message.nonce = form.nonce
        message.isSpoken = form.isSpoken
        apply(form, to: &message)
        if let target = form.repliesTo.flatMap({ messages[$0] }), form.allowedMentions.pingsReplied,
            !message.mentions.contains(target.author)
        {
            message.mentions.append(target.author)
        }
        return message
    }

    mutating func apply(_ form: MessageForm, to message: inout Message) {
        if let content = form.content {
            message.content = content
            // Mentions are found anew at every change of the text.
            findMentions(form.allowedMentions, in: &message)
        }
        if let components = form.components { message.components = components }
        if let kept = form.keptAttachments {
            message.attachments = message.attachments.filter { old in kept.contains { $0["id"]?.id == old["id"]?.id } }
        }
        var stored: [JSON] = []
        for (file, description, isSpoiler) in form.files {
            stored.append(store(file, description, isSpoiler, in: message.channel))
        }
        if let embeds = form.embeds {
            var shownInEmbeds: Set<String> = []
            message.embeds = embeds.map { link($0, to: stored + message.attachments, &shownInEmbeds) }
            // A file shown by an embed is not shown a second time below it.
            stored.removeAll { shownInEmbeds.contains($0["filename"]?.string ?? "") }
        }
        message.attachments += stored
        message.components = message.components.map { linkMedia($0, to: message.attachments) }
    }

    private func link(_ embed: JSON, to attachments: [JSON], _ used: inout Set<String>) -> JSON {
        var embed = embed
        for kind in ["image", "thumbnail"] {
            guard let url = embed[kind]?["url"]?.string, url.hasPrefix("attachment://") else { continue }
            let name = String(url.dropFirst("attachment://".count))
            guard let file = attachments.first(where: { $0["filename"]?.string == name }) else { continue }
            used.insert(name)
            embed[kind] = [
                "url": file["url"] ?? .null, "proxy_url": file["proxy_url"] ?? .null, "width": file["width"] ?? 0,
                "height": file["height"] ?? 0,
            ]
        }
        return embed
    }

    /// Layout components name files anywhere inside them.
    private func linkMedia(_ json: JSON, to attachments: [JSON]) -> JSON {
        switch json {
        case .array(let items): return .array(items.map { linkMedia($0, to: attachments) })
        case .object(let fields):
            return .object(
                JSON.Fields(
                    fields.members.map { key, value in
                        guard key == "url", let url = value.string, url.hasPrefix("attachment://"),
                            let file = attachments.first(where: {
                                $0["filename"]?.string == String(url.dropFirst("attachment://".count))
                            })
                        else { return (key, linkMedia(value, to: attachments)) }
                        return (key, file["url"] ?? .null)
                    }))
        default: return json
        }
    }

    private mutating func store(_ file: UploadedFile, _ description: String?, _ isSpoiler: Bool, in channel: DiscordID)
        -> JSON
    {
        let id = snowflake()
        // Discord keeps letters, digits, dots, dashes and underscores of a name.
        let safe = String(
            file.name.unicodeScalars.map { scalar -> Character in
                let isKept =
                    scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "._-".unicodeScalars.contains(scalar)
                return isKept ? Character(scalar) : "_"
            })
        let name = isSpoiler && !safe.hasPrefix("SPOILER_") ? "SPOILER_\(safe)" : safe
        files[id] = File(name: name, type: file.type, bytes: file.bytes)
        // Signed and ending, so that nobody takes it for a lasting address.
        let ends = String((now + .days(1)).seconds, radix: 16)
        let url = "\(cdn)/attachments/\(channel)/\(id)/\(name)?ex=\(ends)&is=\(String(now.seconds, radix: 16))&hm=\(id)"
        var json: JSON = [
            "id": .id(id), "filename": .string(name), "size": .int(Int64(file.bytes.count)), "url": .string(url),
            "proxy_url": .string(url), "content_type": .string(file.type),
        ]
        if let (width, height) = PictureSize.of(file.bytes) {
            json["width"] = .int(Int64(width))
            json["height"] = .int(Int64(height))
        }
        if let description { json["description"] = .string(description) }
        return json
    }

    private func findMentions(_ allowed: AllowedMentions, in message: inout Message) {
        let found = MentionScan(message.content)
        message.mentions = found.users.filter {
            users[$0] != nil && (allowed.parsesUsers || allowed.users.contains($0))
        }
        let guild = channels[message.channel]?.guild.flatMap { guilds[$0] }
        message.mentionedRoles = found.roles.filter { role in
            guild?.roles.contains { $0.id == role } == true && (allowed.parsesRoles || allowed.roles.contains(role))
        }
        message.mentionsEveryone =
            found.everyone && allowed.parsesEveryone
            && can(message.author, Permission.mentionEveryone, in: message.channel)
    }

    // MARK: Nonces

    /// The message the bot sent with this nonce in the last minutes.
    func message(withNonce nonce: JSON, in channel: DiscordID) -> Message? {
        guard let known = nonces["\(channel) \(nonce)"], now - known.at < .minutes(5) else { return nil }
        return messages[known.message]
    }

    mutating func remember(_ nonce: JSON, _ message: DiscordID, in channel: DiscordID) {
        if nonces.count > 2000 { nonces = nonces.filter { now - $0.value.at < .minutes(5) } }
        nonces["\(channel) \(nonce)"] = (message, now)
    }
}

/// Finds `<@id>`, `<@!id>`, `<@&id>`, `@everyone` and `@here`.
struct MentionScan {
    var users: [DiscordID] = []
    var roles: [DiscordID] = []
    var everyone = false

    init(_ text: String) {
        everyone = text.contains("@everyone") || text.contains("@here")
        for piece in text.split(separator: "<@", omittingEmptySubsequences: false).dropFirst() {
            guard let end = piece.firstIndex(of: ">") else { continue }
            let inside = piece[..<end]
            if inside.hasPrefix("&"), let role = DiscordID(inside.dropFirst()) {
                if !roles.contains(role) { roles.append(role) }
            } else if let user = DiscordID(inside.hasPrefix("!") ? inside.dropFirst() : inside), !users.contains(user) {
                users.append(user)
            }
        }
    }
}

/// Width and height of a PNG, GIF or JPEG, read from its first bytes, so that pictures are laid out before they load.
enum PictureSize {
    static func of(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        func big(_ at: Int) -> Int { Int(bytes[at]) << 8 | Int(bytes[at + 1]) }
        if bytes.count > 24, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
            return (big(16) << 16 | big(18), big(20) << 16 | big(22))
        }
        if bytes.count > 10, bytes.starts(with: Array("GIF8".utf8)) {
            return (Int(bytes[7]) << 8 | Int(bytes[6]), Int(bytes[9]) << 8 | Int(bytes[8]))
        }
        guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
        var at = 2
        while at + 9 < bytes.count, bytes[at] == 0xFF {
            // Start of frame, whichever coding; the others are skipped by their length.
            if 0xC0...0xCF ~= bytes[at + 1], ![0xC4, 0xC8, 0xCC].contains(bytes[at + 1]) {
                return (big(at + 7), big(at + 5))
            }
            at += 2 + big(at + 2)
        }
        return nil
    }
}
