// "bücher.example" as mail servers and DNS write it, "xn--bcher-kva.example" (IDNA 2008, through libcurl and libidn2).

internal import CCurl
internal import Glibc

package enum InternetName {
    /// Nil where the name cannot be written so.
    package static func ascii(_ name: String) -> String? {
        guard let parts = unsafe curl_url() else { return nil }
        defer { unsafe curl_url_cleanup(parts) }
        // libcurl reads names in the thread's character set, which is plain ASCII in a program that sets no locale.
        guard let unicode = unsafe newlocale(Int32(LC_CTYPE_MASK), "C.UTF-8", nil) else { return nil }
        let before = unsafe uselocale(unicode)
        defer {
            unsafe uselocale(before)
            unsafe freelocale(unicode)
        }
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe curl_url_set(parts, CURLUPART_SCHEME, "http", 0) == CURLUE_OK,
            unsafe curl_url_set(parts, CURLUPART_HOST, name, 0) == CURLUE_OK,
            unsafe curl_url_get(parts, CURLUPART_HOST, &text, UInt32(CURLU_PUNYCODE)) == CURLUE_OK,
            let found = unsafe text
        else { return nil }
        defer { unsafe curl_free(found) }
        let ascii = unsafe String(cString: found)
        return ascii.utf8.allSatisfy { $0 < 128 } ? ascii : nil
    }
}
