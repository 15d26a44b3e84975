// What comes off the press: a letter or a page, with what its maker should know about it.

package import Mail
package import Pictures
internal import Templates

package struct LetterProof: Sendable {
    package var letter: Letter
    package var notes: [LetterNote]
    /// Of the HTML in UTF-8.
    package var htmlBytes: Int { letter.html.utf8.count }
    package var pictureBytes: Int { letter.pictures.reduce(0) { $0 + $1.bytes.count } }

    /// The letter's HTML as a mail program shows it, for a browser: its pictures at addresses instead of beside it.
    package func html(address: (_ filename: String) -> String) -> String {
        letter.pictures.reduce(letter.html) { html, picture in
            html.replacing("\"cid:\(picture.contentID)\"", with: "\"\(address(picture.filename))\"")
        }
    }
}

/// The same as a page of the web, with the pictures it shows: whoever serves it answers for their addresses.
package struct LetterPage: Sendable {
    package var title: String
    package var html: String
    package var pictures: [Pictures.Picture]
    package var notes: [LetterNote]
}

/// Something to tell the owner; none keeps a letter from being made.
package enum LetterNote: Sendable, Hashable, CustomStringConvertible {
    /// An owner's template that is not used: "header.mustache, line 3, column 5: …".
    case template(String)
    /// A picture that could not be drawn.
    case picture(String, why: String)
    /// What there was no room for.
    case leftOut(String)
    /// Still larger than it should be, with everything left out that may be.
    case tooLarge(Int, limit: Int)
    case noWayOut

    package var description: String {
        switch self {
        case .template(let words): words
        case .picture(let name, let why): "the picture \(name) is missing: \(why)"
        case .leftOut(let what): "left out for want of room: \(what)"
        case .tooLarge(let bytes, let limit):
            "the HTML has \(bytes) bytes, more than the \(limit) that Gmail shows whole"
        case .noWayOut: "the letter has no link to unsubscribe: does an owner's template leave out the footer?"
        }
    }
}

extension LetterNote {
    init(_ error: TemplateError) {
        self = .template(error.place.map { LetterTemplates.naming("\(error)", $0.template) } ?? "\(error)")
    }

    /// Why pages were made of the built-in templates alone.
    static func fallBacks(_ pages: RenderedTemplate...) -> [LetterNote] {
        pages.compactMap { $0.fellBack.map(Self.init) }
    }

    /// What a preview found in the owner's templates.
    static func slips(_ pages: RenderedTemplate...) -> [LetterNote] {
        pages.flatMap(\.warnings).map { .template(LetterTemplates.naming("\($0)", $0.place.template)) }
    }
}
