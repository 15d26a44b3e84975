// The box under a message (sheet §3, limits in §4). Written in drafts, read back from messages.

package import Runtime

package struct Embed: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: String
        package var isInline: Bool

        package init(_ name: String, _ value: String, inline isInline: Bool = false) {
            self.name = name
            self.value = value
            self.isInline = isInline
        }
    }

    package struct Author: Hashable, Sendable {
        package var name: String
        package var url: String?
        package var icon: String?

        package init(name: String, url: String? = nil, icon: String? = nil) {
            self.name = name
            self.url = url
            self.icon = icon
        }
    }

    package struct Footer: Hashable, Sendable {
        package var text: String
        package var icon: String?

        package init(_ text: String, icon: String? = nil) {
            self.text = text
            self.icon = icon
        }
    }

    package var title: String?
    package var url: String?
    package var description: String?
    /// 0xRRGGBB.
    package var color: Int?
    package var fields: [Field]
    package var author: Author?
    package var footer: Footer?
    /// `https://…`, or `attachment://name` for a file of the same message.
    package var image: String?
    package var thumbnail: String?
    package var timestamp: Instant?

    package init(
        title: String? = nil, url: String? = nil, description: String? = nil, color: Int? = nil, fields: [Field] = [],
        author: Author? = nil, footer: Footer? = nil, image: String? = nil, thumbnail: String? = nil,
        timestamp: Instant? = nil
    ) {
        self.title = title
        self.url = url
        self.description = description
        self.color = color
        self.fields = fields
        self.author = author
        self.footer = footer
        self.image = image
        self.thumbnail = thumbnail
        self.timestamp = timestamp
    }
}

extension Embed: Codable {
    private enum Key: String, CodingKey {
        case title, url, description, color, fields, author, footer, image, thumbnail, timestamp
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        title = values.maybe(.title)
        url = values.maybe(.url)
        description = values.maybe(.description)
        color = values.maybe(.color)
        fields = values.list(.fields)
        author = values.maybe(.author)
        footer = values.maybe(.footer)
        image = values.maybe(.image, as: Media.self)?.url
        thumbnail = values.maybe(.thumbnail, as: Media.self)?.url
        timestamp = values.maybe(.timestamp, as: String.self).flatMap(Timestamp.instant)
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encodeIfPresent(title, forKey: .title)
        try values.encodeIfPresent(url, forKey: .url)
        try values.encodeIfPresent(description, forKey: .description)
        try values.encodeIfPresent(color, forKey: .color)
        if !fields.isEmpty { try values.encode(fields, forKey: .fields) }
        try values.encodeIfPresent(author, forKey: .author)
        try values.encodeIfPresent(footer, forKey: .footer)
        try values.encodeIfPresent(image.map(Media.init), forKey: .image)
        try values.encodeIfPresent(thumbnail.map(Media.init), forKey: .thumbnail)
        try values.encodeIfPresent(timestamp.map(Timestamp.text), forKey: .timestamp)
    }

    private struct Media: Codable { var url: String }
}

extension Embed.Field: Codable {
    private enum Key: String, CodingKey { case name, value, inline }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        self.init(values.text(.name), values.text(.value), inline: values.flag(.inline))
    }
    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(name, forKey: .name)
        try values.encode(value, forKey: .value)
        try values.encode(isInline, forKey: .inline)
    }
}

extension Embed.Author: Codable {
    private enum CodingKeys: String, CodingKey { case name, url, icon = "icon_url" }
}

extension Embed.Footer: Codable {
    private enum CodingKeys: String, CodingKey { case text, icon = "icon_url" }
}
