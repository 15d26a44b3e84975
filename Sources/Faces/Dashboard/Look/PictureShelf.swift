// Pictures of reports, which a page names by what they hold: the same picture has the same address. The last ones are
// kept; a page that is older asks for them anew by being loaded again.

internal import Crypto

actor PictureShelf {
    private static let most = 60
    private var pictures: [(name: String, bytes: [UInt8])] = []

    func keep(_ bytes: [UInt8]) -> String {
        let name = String(Digest.sha256(bytes).hexadecimal.prefix(32))
        if let place = pictures.firstIndex(where: { $0.name == name }) {
            pictures.append(pictures.remove(at: place))
        } else {
            pictures.append((name, bytes))
            if pictures.count > Self.most { pictures.removeFirst() }
        }
        return name
    }

    func picture(_ name: String) -> [UInt8]? { pictures.first { $0.name == name }?.bytes }

    /// By its first bytes, for a page must not name a type that the picture has not.
    static func type(of bytes: [UInt8]) -> String {
        switch bytes.prefix(4) {
        case [0x89, 0x50, 0x4E, 0x47]: "image/png"
        case [0x47, 0x49, 0x46, 0x38]: "image/gif"
        case let begin where begin.starts(with: [0xFF, 0xD8, 0xFF]): "image/jpeg"
        default: "application/octet-stream"
        }
    }
}
