// All commands of `!plex`, in the order `help` shows them. A new one is a file in this folder and a line here.

package import Bot
package import Music
package import Usage

/// What the commands ask of the rest of the house; filled in by the program's wiring.
package struct House: Sendable {
    package var ping: PingSource
    package var status: StatusSource
    package var jobs: JobsSource
    package var people: Configured<PeopleSource>
    package var completion: Configured<CompletionSource>
    package var usage: Configured<Usage>
    package var enrich: Configured<Enrichment>
    package var playlists: Configured<PlaylistsSource>
    package var newsletter: Configured<NewsletterSource>
    package var prune: Configured<PruneSource>
    package var downloads: Configured<DownloadsSource>
    package var tracker: Configured<TrackerSource>
    package var why: Configured<WhySource>
    package var dashboard: Configured<DashboardSource>

    package init(
        ping: PingSource, status: StatusSource, jobs: JobsSource,
        people: Configured<PeopleSource> = .missing(["PLEX_URL"]),
        completion: Configured<CompletionSource> = .missing(["PLEX_URL"]),
        usage: Configured<Usage> = .missing(["PLEX_URL"]),
        enrich: Configured<Enrichment> = .missing(["PLEX_URL", "PLEX_TOKEN"]),
        playlists: Configured<PlaylistsSource> = .missing(["PLEX_URL"]),
        newsletter: Configured<NewsletterSource> = .missing(["TAUTULLI_URL", "TAUTULLI_API_KEY"]),
        prune: Configured<PruneSource> = .missing(["PLEX_URL", "PLEX_TOKEN", "TAUTULLI_URL", "TAUTULLI_API_KEY"]),
        downloads: Configured<DownloadsSource> = .missing(["RADARR_URL", "RADARR_API_KEY"]),
        tracker: Configured<TrackerSource> = .missing(["TRACKER"]),
        why: Configured<WhySource> = .missing(["CONFIG_DIR"]),
        dashboard: Configured<DashboardSource> = .missing(["DASHBOARD"])
    ) {
        self.ping = ping
        self.status = status
        self.jobs = jobs
        self.people = people
        self.completion = completion
        self.usage = usage
        self.enrich = enrich
        self.playlists = playlists
        self.newsletter = newsletter
        self.prune = prune
        self.downloads = downloads
        self.tracker = tracker
        self.why = why
        self.dashboard = dashboard
    }
}

extension CommandList {
    package static func all(_ house: House) -> CommandList {
        CommandList([
            Help(),
            Status(source: house.status),
            Ping(source: house.ping),
            UsageCommand(usage: house.usage),
            CompletionCommand(source: house.completion),
            Enrich(source: house.enrich),
            SyncPlaylists(source: house.playlists),
            NewsletterCommand(source: house.newsletter),
            PruneCommand(source: house.prune),
            DownloadsCommand(source: house.downloads),
            TrackerCommand(source: house.tracker),
            Me(source: house.prune),
            Link(source: house.people),
            Unlink(source: house.people),
            WhoAmI(source: house.people),
            Why(source: house.why),
            JobsCommand(source: house.jobs),
            DashboardCommand(source: house.dashboard),
        ])
    }
}
