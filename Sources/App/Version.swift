// The one place that knows the version; a test holds it against the VERSION file and the CHANGELOG.

enum Version {
    static let number = "0.1.0"
    static let home = "https://example.org/autoplex"
    /// How we introduce ourselves to services, with a way to learn more, as MusicBrainz and Discord ask.
    static let userAgent = "Autoplex/\(number) ( \(home) )"
}
