// The features, each made of the clients it asks, and what the commands, jobs and cards get of them.

internal import Bot
internal import Commands
internal import Discord
internal import Domain
internal import Jobs
internal import People
internal import Runtime
internal import Storage

/// What the wiring has in its hands when it makes the features.
struct Features: Sendable {
    let outside: Outside
    let database: Database
    let effects: Effects
    let people: People
    let census: PeopleScan
    let signIn: Configured<PlexSignIn>

    init(outside: Outside, database: Database, effects: Effects) {
        self.outside = outside
        self.database = database
        self.effects = effects
        let people = People(database, key: outside.key)
        let census = PeopleScan(
            people: people, plex: outside.plex.value, plexTV: outside.plexTV.value, tautulli: outside.tautulli.value,
            clock: database.clock)
        self.people = people
        self.census = census
        signIn = outside.plexTV.and(outside.plex).map { plexTV, plex in
            PlexSignIn(people: people, plexTV: plexTV, plex: plex, census: census)
        }
    }

    var peopleSource: PeopleSource { PeopleSource(people: people, signIn: signIn) }
}

extension Application {
    /// Whoever answers the buttons and menus of the features' cards.
    func cards(_ features: Features) -> [CardHandler] {
        LinkCards.handlers(features.peopleSource)
    }
}
