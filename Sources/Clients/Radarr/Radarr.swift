// Radarr's API v3: what it knows of films, and what it can be told to do. The questions stand in the extensions beside
// this; several Radarrs are several of these, each under its own name.

package import HTTP
package import Runtime
package import Servarr

package typealias RadarrError = ServarrError

package struct Radarr: Sendable {
    /// "Radarr", "Radarr 2"
    package let name: String
    let server: Servarr

    /// - Parameters:
    ///   - url: with the URL base if it has one: "http://host:7878/radarr"
    ///   - name: in words for people; its Connect events carry Radarr's own instance name, which may be another
    ///   - setting: what its settings begin with: "RADARR", "RADARR_2"
    package init(
        url: String, apiKey: Secret, name: String = "Radarr", setting: String = "RADARR", http: HTTPClient,
        clock: any Clock, log: Log, patience: RetryPolicy = .standard,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.name = name
        server = Servarr(
            service: ServarrError.Service(name: name, setting: setting), url: url, apiKey: apiKey, http: http,
            clock: clock, log: log.labelled("radarr"), patience: patience, chance: chance)
    }
}
