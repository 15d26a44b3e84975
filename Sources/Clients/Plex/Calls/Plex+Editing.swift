// Changing one item: its summary, its rating (sheet plex.md §4, §5); and its picture (§6).

internal import HTTP
internal import Runtime

extension Plex {
    /// Replaces an item's summary. Locked, a refresh of the library leaves it alone; unlocked, the next one may replace it.
    /// Read the item again to see whether it took.
    ///
    /// The address with the item in its path, never the section's with `?id=`: were the id missing there, Plex would edit
    /// every item of the library (sheet §5).
    package func setSummary(
        of ratingKey: String, to summary: String, locked isLocked: Bool
    ) async throws(PlexError) {
        let id = try Self.oneItem(ratingKey)
        try await write(
            PlexCall(
                "PUT", "/library/metadata/\(id)",
                [("summary.value", summary), ("summary.locked", isLocked ? "1" : "0")], what: "editing item \(id)"))
    }

    /// 0 to 10, two to a star; nil takes the rating back. For the account of this token.
    package func rate(_ ratingKey: String, _ rating: Double?) async throws(PlexError) {
        let id = try Self.oneItem(ratingKey)
        if let rating, !(0...10).contains(rating) { throw .refused(status: 400, "a rating of \(rating): 0 to 10") }
        let value = rating.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" } ?? "-1"
        try await write(
            PlexCall(
                "PUT", "/:/rate",
                [("key", id), ("identifier", "com.plexapp.plugins.library"), ("rating", value)],
                what: "rating item \(id)"))
    }

    /// Exactly one id: an empty one would address the whole library, one with commas several items.
    static func oneItem(_ ratingKey: String) throws(PlexError) -> String {
        guard !ratingKey.isEmpty, ratingKey.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .notFound("an item “\(ratingKey)”")
        }
        return ratingKey
    }

    /// A picture by its path on the server (`thumb`, `art`), made to fit `width` and `height` there.
    package func image(
        _ path: String, width: Int = 600, height: Int = 600, largest: Int = 8 << 20
    ) async throws(PlexError) -> PlexImage {
        // Only paths: the server would fetch any address it is given here.
        guard path.hasPrefix("/"), !path.hasPrefix("//") else { throw .notFound("a picture at that address") }
        var call = PlexCall(
            "GET", "/photo/:/transcode",
            [
                ("url", path), ("width", "\(width)"), ("height", "\(height)"), ("minSize", "1"), ("upscale", "1"),
                ("format", "jpeg"),
            ], what: "that picture")
        call.headers = [("Accept", "image/*")]
        call.limits = HTTPLimits(connect: .seconds(5), total: .seconds(30), stall: .seconds(20), maxBody: largest)
        let bytes = try await bytes(call)
        guard let kind = PlexImage.Kind(sniffing: bytes) else { throw .unreadable("that picture: not a picture") }
        return PlexImage(bytes: bytes, kind: kind)
    }
}

package struct PlexImage: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case jpeg, png, webp, gif

        package var mediaType: String { "image/\(rawValue)" }
        package var fileExtension: String { self == .jpeg ? "jpg" : rawValue }

        /// By the first bytes: what the server says of a picture is not always so.
        init?(sniffing bytes: [UInt8]) {
            if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
                self = .jpeg
            } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
                self = .png
            } else if bytes.starts(with: Array("GIF8".utf8)) {
                self = .gif
            } else if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
                self = .webp
            } else {
                return nil
            }
        }
    }

    package var bytes: [UInt8]
    package var kind: Kind

    package init(bytes: [UInt8], kind: Kind) {
        self.bytes = bytes
        self.kind = kind
    }
}
