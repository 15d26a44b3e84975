// The features, each made of the clients it asks, and what the commands, jobs and cards get of them.

internal import Bot
internal import Discord
internal import Domain
internal import Jobs
internal import Runtime
internal import Storage

/// What the wiring has in its hands when it makes the features.
struct Features: Sendable {
    let outside: Outside
    let database: Database
    let effects: Effects
}

extension Application {
    /// Whoever answers the buttons and menus of the features' cards.
    func cards(_ features: Features) -> [CardHandler] {
        []
    }
}
