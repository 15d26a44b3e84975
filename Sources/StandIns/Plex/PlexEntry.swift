// What the stand-ins of Plex and plex.tv write into their journals.

package struct PlexEntry: Sendable {
    /// Method and template, such as "GET /library/sections/{}/all"; of unknown paths the path itself.
    package let route: String
    package let method: String
    /// Decoded.
    package let path: String
    package let query: [(name: String, value: String)]
    /// Those that say who asks and what for.
    package let headers: [String: String]
    package let body: [UInt8]
    /// The plex.tv id of whose token it was; nil: nobody's.
    package let person: Int?
    /// Nil when a fault swallowed the answer.
    package let status: Int?
    /// Its first 4 KiB.
    package let answer: String

    package func value(_ name: String) -> String? { query.last { $0.name == name }?.value }
}
