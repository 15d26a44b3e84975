// Who we say we are (sheet §1): a name, a version and a way to reach the owner. Without it MusicBrainz answers 403, and
// libraries' own names share one small allowance.

package enum MusicBrainzIdentity {
    /// - Parameters:
    ///   - setting: `MUSICBRAINZ_USER_AGENT`; it replaces ours and is never sent empty
    ///   - contact: a web or mail address
    package static func userAgent(version: String, contact: String, setting: String? = nil) -> String {
        let own = setting.map(printable) ?? ""
        return own.isEmpty ? "Autoplex/\(printable(version)) ( \(printable(contact)) )" : own
    }

    /// A header ends at a control character, and other bytes than ASCII are refused by machines on the way.
    private static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { 32...126 ~= $0.value }))
            .split(separator: " ").joined(separator: " ")
    }
}
