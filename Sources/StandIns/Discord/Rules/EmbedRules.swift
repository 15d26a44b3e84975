// Embeds: limits in code points after trimming, 6000 over all embeds of a message (sheet §4).

extension FormReader {
    /// The embeds as they will be shown; what is wrong with them lands in `errors`.
    mutating func embeds(_ json: JSON?, _ path: [String]) -> [JSON] {
        var total = 0
        let all = list(json, path, max: 10).enumerated().compactMap { index, item -> JSON? in
            guard let item = object(item, path + ["\(index)"]) else { return nil }
            return embed(item, path + ["\(index)"], total: &total)
        }
        if total > 6000 {
            errors.add(path, "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")
        }
        return all
    }

    private mutating func embed(_ json: JSON, _ path: [String], total: inout Int) -> JSON? {
        var shown: JSON = ["type": "rich"]
        func put(_ key: String, _ value: String?, in target: inout JSON) {
            guard let value, !value.isEmpty else { return }
            target[key] = .string(value)
        }
        func count(_ value: String?) { total += value?.unicodeScalars.count ?? 0 }

        let title = text(json["title"], path + ["title"], max: 256, trims: true)
        let description = text(json["description"], path + ["description"], max: 4096, trims: true)
        count(title)
        count(description)
        put("url", url(json["url"], path + ["url"]), in: &shown)
        put("title", title, in: &shown)
        put("description", description, in: &shown)
        if let color = int(json["color"], path + ["color"], in: 0...0xFF_FFFF) { shown["color"] = .int(Int64(color)) }
        if let time = text(json["timestamp"], path + ["timestamp"], max: 64) {
            if !time.looksLikeTime {
                errors.add(path + ["timestamp"], "DATE_TIME_TYPE_PARSE", "Could not parse \(time). Should be ISO8601.")
            }
            shown["timestamp"] = .string(time)
        }

        let fields = list(json["fields"], path + ["fields"], max: 25).enumerated().compactMap { index, item -> JSON? in
            let at = path + ["fields", "\(index)"]
            guard let item = object(item, at) else { return nil }
            let name = text(item["name"], at + ["name"], max: 256, min: 1, isRequired: true, trims: true)
            let value = text(item["value"], at + ["value"], max: 1024, min: 1, isRequired: true, trims: true)
            count(name)
            count(value)
            return ["name": .text(name), "value": .text(value), "inline": .bool(flag(item["inline"], at + ["inline"]))]
        }
        if !fields.isEmpty { shown["fields"] = .array(fields) }

        if let footer = object(json["footer"], path + ["footer"]) {
            let words = text(
                footer["text"], path + ["footer", "text"], max: 2048, min: 1, isRequired: true, trims: true)
            count(words)
            var part: JSON = ["text": .text(words)]
            put("icon_url", picture(footer["icon_url"], path + ["footer", "icon_url"]), in: &part)
            shown["footer"] = part
        }
        if let author = object(json["author"], path + ["author"]) {
            let name = text(author["name"], path + ["author", "name"], max: 256, min: 1, isRequired: true, trims: true)
            count(name)
            var part: JSON = ["name": .text(name)]
            put("url", url(author["url"], path + ["author", "url"]), in: &part)
            put("icon_url", picture(author["icon_url"], path + ["author", "icon_url"]), in: &part)
            shown["author"] = part
        }
        for kind in ["image", "thumbnail"] {
            guard let picture = object(json[kind], path + [kind]) else { continue }
            if let address = self.picture(picture["url"], path + [kind, "url"], isRequired: true) {
                shown[kind] = ["url": .string(address), "proxy_url": .string(address), "width": 0, "height": 0]
            }
        }
        // Nothing but the type: nothing to show. Discord drops such an embed, and the message may then be empty.
        return (shown.fields?.members.count ?? 0) > 1 ? shown : nil
    }

    private mutating func picture(_ json: JSON?, _ path: [String], isRequired: Bool = false) -> String? {
        url(json, path, schemes: ["http", "https", "attachment"], isRequired: isRequired)
    }
}

extension String {
    /// `2026-01-01T12:00:00` and whatever follows of fraction and zone. A date alone is taken as well.
    fileprivate var looksLikeTime: Bool {
        let bytes = Array(utf8)
        guard bytes.count >= 10 else { return false }
        let pattern = Array("dddd-dd-dd".utf8)
        return zip(bytes, pattern).allSatisfy { byte, sign in
            sign == UInt8(ascii: "d") ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == sign
        } && (bytes.count == 10 || bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "))
    }
}
