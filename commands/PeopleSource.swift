// What the commands about people ask: the table, and the two ways to prove who one is.

package import Bot
package import People

package struct PeopleSource: Sendable {
    package var people: People
    package var signIn: Configured<PlexSignIn>
    package var jellyfin: Configured<JellyfinSignIn>

    package init(
        people: People, signIn: Configured<PlexSignIn>,
        jellyfin: Configured<JellyfinSignIn> = .missing(["JELLYFIN_URL"])
    ) {
        self.people = people
        self.signIn = signIn
        self.jellyfin = jellyfin
    }
}

extension Option {
    /// Which of the two one means; Plex where nothing is said.
    static func service(_ summary: String) -> Option {
        .choice("service", summary, [.init("Plex", value: "plex"), .init("Jellyfin", value: "jellyfin")])
    }
}
