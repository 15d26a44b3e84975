// A part of a message and how libcurl is told of it (curl_mime_addpart(3)).

internal import CCurl

package struct MIMEPart: Sendable {
    package enum Content: Sendable {
        /// Sent quoted-printable, its lines ended as mail wants them.
        case text(String)
        /// Sent in base64.
        case bytes([UInt8])
        case parts([MIMEPart])
    }

    /// "text/plain; charset=utf-8"
    package var type: String
    package var content: Content
    /// Further header lines, such as Content-ID.
    package var headers: [String]

    package init(type: String, content: Content, headers: [String] = []) {
        self.type = type
        self.content = content
        self.headers = headers
    }

    /// Nil when memory is gone. Freed by the caller, together with all below it.
    static func tree(of parts: [MIMEPart], for handle: UnsafeMutableRawPointer) -> OpaquePointer? {
        guard let tree = unsafe curl_mime_init(handle) else { return nil }
        for part in parts {
            guard let slot = unsafe curl_mime_addpart(tree), unsafe part.fill(slot, for: handle) else {
                unsafe curl_mime_free(tree)
                return nil
            }
        }
        return unsafe tree
    }

    private func fill(_ slot: OpaquePointer, for handle: UnsafeMutableRawPointer) -> Bool {
        unsafe curl_mime_type(slot, type)
        if !headers.isEmpty {
            var lines: UnsafeMutablePointer<curl_slist>?
            for header in headers { unsafe lines = unsafe curl_slist_append(lines, header) }
            // The part owns the list from here on.
            unsafe curl_mime_headers(slot, lines, 1)
        }
        switch content {
        case .text(let text):
            unsafe curl_mime_encoder(slot, "quoted-printable")
            return unsafe Self.give(Self.withMailLineEnds(text), to: slot)
        case .bytes(let bytes):
            unsafe curl_mime_encoder(slot, "base64")
            return unsafe Self.give(bytes, to: slot)
        case .parts(let parts):
            guard let below = unsafe Self.tree(of: parts, for: handle) else { return false }
            return unsafe curl_mime_subparts(slot, below) == CURLE_OK
        }
    }

    /// libcurl takes a copy.
    private static func give(_ bytes: [UInt8], to slot: OpaquePointer) -> Bool {
        unsafe bytes.withUnsafeBytes { buffer in
            let bytes = unsafe buffer.bindMemory(to: CChar.self)
            // With no bytes there is no address, and libcurl takes that for "no data at all".
            guard let base = bytes.baseAddress else { return unsafe curl_mime_data(slot, "", 0) == CURLE_OK }
            return unsafe curl_mime_data(slot, base, bytes.count) == CURLE_OK
        }
    }

    /// Every line end as CR LF: the encoder writes a bare LF as "=0A", and all text in one line.
    static func withMailLineEnds(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + text.utf8.count / 32)
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch (previous, byte) {
            case (13, 10): break
            case (_, 10), (_, 13): bytes += [13, 10]
            default: bytes.append(byte)
            }
            previous = byte
        }
        return bytes
    }
}
