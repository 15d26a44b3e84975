// How this Jellyfin is set up: what its owner would choose in its dashboard.

import Runtime

package struct JellyfinRules: Sendable {
    /// As made under Dashboard → API Keys.
    package var apiKey = "5e4d3c2b1a0f4e5d8c7b6a5948372615"
    package var version = "10.11.5"
    /// Dashboard → General → Enable Quick Connect.
    package var hasQuickConnect = true
    /// `X-Emby-Token` and the like: on in 10.11, off after an upgrade to 12.0. Off here, so that nobody relies on it.
    package var takesOldTokens = false
    /// Before 12.0.
    package var tellsOfPasswords = true
    package var codeLife = Duration.minutes(10)
    /// The Webhook plugin's destinations.
    package var hooks: [JellyfinHookDestination] = []
    package var journalLimit = 20_000

    package init() {}
    package static let standard = JellyfinRules()
}
