// What lws knows about the request on a server's connection, and how an answer is put on the line (lws-http.h).

internal import CWebSockets

extension Wire {
    /// Method and percent-decoded path; nil when lws cannot tell, which ends the connection.
    var requestLine: (method: String, path: String)? {
        var pointer: UnsafeMutablePointer<CChar>?
        var count: Int32 = 0
        let index = unsafe lws_http_get_uri_and_method(wsi, &pointer, &count)
        guard index >= 0, Int(index) < Self.methods.count, let pointer = unsafe pointer else { return nil }
        let bytes = unsafe UnsafeRawBufferPointer(start: pointer, count: Int(count))
        return (Self.methods[Int(index)], unsafe String(decoding: bytes, as: UTF8.self))
    }

    private static let methods = ["GET", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "CONNECT", "HEAD"]

    /// lws has split and decoded it.
    var query: [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        while let kept = fragment(Int32(fields.count)) {
            let piece = RequestLineKeeper.restored(kept)
            let halves = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            fields.append((String(halves[0]), halves.count > 1 ? String(halves[1]) : ""))
        }
        return fields
    }

    /// Before lws reads anything from it.
    func keepRequestLines() { _ = unsafe LineKeeperPump.interpose(at: Int32(lws_get_socket_fd(wsi))) }

    private func fragment(_ index: Int32) -> String? {
        let limit = Int(unsafe lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_URI_ARGS)) + 1
        guard limit > 1 else { return nil }
        return unsafe text(limit) { buffer in
            unsafe lws_hdr_copy_fragment(wsi, buffer, Int32(limit), WSI_TOKEN_HTTP_URI_ARGS, index)
        }
    }

    /// What `copy` puts into a buffer of this size; it says how much, or less than nothing.
    private func text(_ size: Int, _ copy: (UnsafeMutablePointer<CChar>) -> Int32) -> String? {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let count = unsafe Int(copy(start))
            guard count >= 0 else { return nil }
            return unsafe String(
                decoding: UnsafeRawBufferPointer(start: start, count: min(count, size)), as: UTF8.self)
        }
    }

    /// Headers that lws has a token for, and of the others those named beforehand: lws 4.1 cannot list them.
    /// - Parameter custom: in small letters
    func headers(custom: [String]) -> ServerHeaders {
        var fields: [(name: String, value: String)] = []
        fields.reserveCapacity(8)
        for (name, token) in Self.knownHeaders {
            let length = unsafe lws_hdr_total_length(wsi, token)
            guard length > 0 else { continue }
            let value = unsafe text(Int(length) + 1) { unsafe lws_hdr_copy(wsi, $0, length + 1, token) }
            if let value { fields.append((name, value)) }
        }
        for name in custom {
            let key = name + ":"
            let length = unsafe lws_hdr_custom_length(wsi, key, Int32(key.utf8.count))
            guard length >= 0 else { continue }
            let value = unsafe text(Int(length) + 1) {
                unsafe lws_hdr_custom_copy(wsi, $0, length + 1, key, Int32(key.utf8.count))
            }
            if let value { fields.append((name, value)) }
        }
        return ServerHeaders(lowercased: fields)
    }

    private static let knownHeaders: [(String, lws_token_indexes)] = [
        ("host", WSI_TOKEN_HOST), ("connection", WSI_TOKEN_CONNECTION), ("upgrade", WSI_TOKEN_UPGRADE),
        ("origin", WSI_TOKEN_ORIGIN), ("content-length", WSI_TOKEN_HTTP_CONTENT_LENGTH),
        ("content-type", WSI_TOKEN_HTTP_CONTENT_TYPE), ("transfer-encoding", WSI_TOKEN_HTTP_TRANSFER_ENCODING),
        ("accept", WSI_TOKEN_HTTP_ACCEPT), ("accept-encoding", WSI_TOKEN_HTTP_ACCEPT_ENCODING),
        ("accept-language", WSI_TOKEN_HTTP_ACCEPT_LANGUAGE), ("authorization", WSI_TOKEN_HTTP_AUTHORIZATION),
        ("cookie", WSI_TOKEN_HTTP_COOKIE), ("user-agent", WSI_TOKEN_HTTP_USER_AGENT),
        ("referer", WSI_TOKEN_HTTP_REFERER), ("if-none-match", WSI_TOKEN_HTTP_IF_NONE_MATCH),
        ("if-modified-since", WSI_TOKEN_HTTP_IF_MODIFIED_SINCE), ("range", WSI_TOKEN_HTTP_RANGE),
        ("expect", WSI_TOKEN_HTTP_EXPECT), ("x-real-ip", WSI_TOKEN_HTTP_X_REAL_IP),
        ("x-forwarded-for", WSI_TOKEN_X_FORWARDED_FOR),
    ]

    var peer: String {
        var buffer = [CChar](repeating: 0, count: 64)
        guard unsafe lws_get_peer_simple(wsi, &buffer, buffer.count) != nil else { return "" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether lws goes on reading. Off while an answer is being made: lws 4.1 takes what comes meanwhile for an error.
    func setReading(_ isOn: Bool) { unsafe _ = lws_rx_flow_control(wsi, isOn ? 1 : 0) }

    /// False when the line is lost. `framed` has LWS_PRE free bytes in front.
    func writeHTTP(_ framed: inout [UInt8]) -> Bool {
        unsafe framed.withUnsafeMutableBufferPointer { buffer in
            let payload = unsafe UnsafeMutableBufferPointer(rebasing: buffer[Int(clws_pre)...])
            return unsafe lws_write(wsi, payload.baseAddress, payload.count, LWS_WRITE_HTTP) >= 0
        }
    }

    /// What a callback returns after the answer: zero to go on with the next request, else the connection ends.
    func completeTransaction() -> Int32 { unsafe lws_http_transaction_completed(wsi) != 0 ? -1 : 0 }

    /// lws' own clocks for requests are per piece; ours are per whole, so its are put out.
    func withoutTimeout() { unsafe lws_set_timeout(wsi, NO_PENDING_TIMEOUT, 0) }
}
