// A letter as the tree of parts mail programs expect: the text and, as the better choice, the HTML with its pictures
// beside it (RFC 2046 §5.1.4: the last part a reader understands is shown). Without pictures the HTML stands alone.

internal import HTTP

extension Letter {
    /// The letter's bytes, as they are sent and as an .eml file holds them.
    package func printed() throws(MailError) -> PrintedLetter {
        let headers = try LetterHeaders(self).lines
        let plain = MIMEPart(type: "text/plain; charset=utf-8", content: .text(text))
        let page = MIMEPart(type: "text/html; charset=utf-8", content: .text(html))
        let rich =
            pictures.isEmpty
            ? page
            : MIMEPart(
                type: "multipart/related; type=\"text/html\"", content: .parts([page] + (try picturesAsParts())))
        let message = MIMEMessage(headers: headers, type: "multipart/alternative", parts: [plain, rich])
        do {
            return PrintedLetter(
                from: from.address, to: to.address, messageID: messageID, bytes: try message.printed())
        } catch {
            throw .invalid(error.description)
        }
    }

    private func picturesAsParts() throws(MailError) -> [MIMEPart] {
        var names: Set<String> = []
        var parts: [MIMEPart] = []
        for picture in pictures {
            guard Self.isID(picture.contentID) else { throw .invalid("'\(picture.contentID)' is no Content-ID") }
            guard names.insert(picture.contentID).inserted else {
                throw .invalid("two pictures are named \(picture.contentID)")
            }
            let type = picture.type.split(separator: "/", omittingEmptySubsequences: false)
            guard type.count == 2, type[0] == "image", !type[1].isEmpty,
                type[1].utf8.allSatisfy({ LetterHeaders.isTagByte($0) || "+.".utf8.contains($0) })
            else { throw .invalid("'\(picture.type)' is no picture's type such as image/png") }
            guard !picture.filename.isEmpty, picture.filename.utf8.count <= 120,
                picture.filename.utf8.allSatisfy({ LetterHeaders.isTagByte($0) || "._".utf8.contains($0) })
            else { throw .invalid("a picture's file name may hold a-z, digits, dots, hyphens: '\(picture.filename)'") }
            parts.append(
                MIMEPart(
                    type: picture.type, content: .bytes(picture.bytes),
                    headers: [
                        "Content-ID: <\(picture.contentID)>",
                        "Content-Disposition: inline; filename=\"\(picture.filename)\"",
                    ]))
        }
        return parts
    }

    /// What needs no escaping in `cid:` either.
    private static func isID(_ text: String) -> Bool {
        (1...120).contains(text.utf8.count)
            && text.utf8.allSatisfy { LetterHeaders.isTagByte($0) || "._@".utf8.contains($0) }
            && text.utf8.count { $0 == UInt8(ascii: "@") } <= 1 && text.utf8.first != 64 && text.utf8.last != 64
    }
}
