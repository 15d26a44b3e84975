// Posters through Tautulli, which asks Plex and keeps what it got (sheet §6). What comes is told by its first bytes: a
// repeat from Tautulli's cache is called PNG whatever it is.

internal import HTTP

package struct TautulliImage: Sendable, Equatable {
    package var bytes: [UInt8]
    /// "image/jpeg", "image/png", "image/webp" or "image/gif"
    package var type: String

    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            type = "image/jpeg"
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
            type = "image/png"
        } else if bytes.starts(with: Array("GIF8".utf8)) {
            type = "image/gif"
        } else if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            type = "image/webp"
        } else {
            return nil
        }
    }
}

extension Tautulli {
    /// - Parameter path: a `thumb` or `art`, such as "/library/metadata/1/thumb/2"
    /// - Returns: nil where there is no picture, or Plex does not give it
    package func image(
        _ path: String, width: Int = 600, height: Int = 900
    ) async throws(TautulliError) -> TautulliImage? {
        // Nothing else is ever asked of Plex by our hand: the path could come from a stranger.
        guard path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("..") else { return nil }
        let parameters: Parameters = [
            ("img", path), ("width", String(width)), ("height", String(height)), ("img_format", "jpg"),
        ]
        let response = try await response("pms_image_proxy", parameters, .prompt)
        if response.status == 200 {
            if let image = TautulliImage(response.body) { return image }
            // Not a picture: an envelope that says why, or nonsense.
            _ = try Answer.read(Anything.self, status: 200, body: response.body, to: "pms_image_proxy")
            throw .unreadable("pms_image_proxy")
        }
        // 400 without a word: no picture. With one: the key, or the API switched off.
        if response.status == 400, response.body.isEmpty { return nil }
        _ = try Answer.read(Anything.self, status: response.status, body: response.body, to: "pms_image_proxy")
        return nil
    }
}
