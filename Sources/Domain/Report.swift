// What a feature has to say, free of any face (rule 6): Discord makes an embed of it, the web a page, the mail a letter.

package struct Report: Hashable, Sendable {
    package enum Tone: String, Hashable, Sendable, Codable {
        case plain, good, warning, bad
    }

    /// A picture that travels with the report; it is never fetched by the reader from an address with a secret in it.
    package struct Picture: Hashable, Sendable {
        package enum Place: Hashable, Sendable { case thumbnail, full }
        package var name: String
        package var bytes: [UInt8]
        package var alternative: String
        package var place: Place

        package init(name: String, bytes: [UInt8], alternative: String, place: Place = .full) {
            self.name = name
            self.bytes = bytes
            self.alternative = alternative
            self.place = place
        }
    }

    /// A file to take away, beside the picture: a letter as it is sent.
    package struct Attachment: Hashable, Sendable {
        package var name: String
        package var type: String
        package var bytes: [UInt8]
        package var about: String

        package init(name: String, type: String, bytes: [UInt8], about: String = "") {
            self.name = name
            self.type = type
            self.bytes = bytes
            self.about = about
        }
    }

    package struct Field: Hashable, Sendable, Codable {
        package var name: Prose
        package var value: Prose
        /// May stand beside others where the face has room.
        package var isShort: Bool

        package init(_ name: Prose, _ value: Prose, short isShort: Bool = false) {
            self.name = name
            self.value = value
            self.isShort = isShort
        }
    }

    package var title: Prose
    /// Paragraphs or list lines, one each. A face that runs out of room cuts whole lines and says how many more.
    package var lines: [Prose]
    package var fields: [Field]
    package var footer: Prose
    package var tone: Tone
    package var picture: Picture?
    package var attachments: [Attachment] = []

    package init(
        _ title: Prose, lines: [Prose] = [], fields: [Field] = [], footer: Prose = "", tone: Tone = .plain,
        picture: Picture? = nil
    ) {
        self.title = title
        self.lines = lines
        self.fields = fields
        self.footer = footer
        self.tone = tone
        self.picture = picture
    }
}
