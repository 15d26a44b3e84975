// The demo's tour: the five jobs and the dashboard in as many minutes. Two sentences a step, and a button that does it.

internal import StandIns

enum DemoTour {
    static let steps = [
        TourStep(
            "Ask who is watching",
            "Autoplex answers typed commands, mentions and slash commands. This asks what plays just now, and on what.",
            "Say !plex usage", .say("!plex usage", channel: "media")),
        TourStep(
            "How much of an artist is here",
            "MusicBrainz and Discogs say what a band has made, and Plex what of it is in the library. "
                + "Slash commands complete the names while you type.",
            "Say !plex completion …", .say("!plex completion The Lantern Quintet", channel: "media")),
        TourStep(
            "Stars become playlists",
            "Robin rates a track in Plex. Playlists like “Four stars and more” follow the ratings by themselves.",
            "Robin rates a track", .press("rate")),
        TourStep(
            "Bring the playlists up to date",
            "They follow every night; this does it at once. What would change is counted before anything does.",
            "Use /plex sync_playlists run", .say("/plex sync_playlists run", channel: "media")),
        TourStep(
            "Who is who",
            "An admin links Robin on Discord with Robin on Plex; everybody else does it alone, with a code. "
                + "What is personal is only for who is known.",
            "Use /plex link …", .say("/plex link who:robin plex:robin", channel: "media")),
        TourStep(
            "The newsletter",
            "Every week the household gets a letter of what is new and what was watched, each in their own words. "
                + "This sends one to Robin alone.",
            "Use /plex newsletter test", .say("/plex newsletter test", channel: "media")),
        TourStep(
            "Read it",
            "Every mail of this demo lands in one mailbox, as a mail program shows it, as text, and as source. "
                + "Come back by “Chat” above; the tour waits.",
            "Open the mailbox", .open("/mail")),
        TourStep(
            "Somebody new",
            "Whoever accepts an invitation is welcomed by letter, with your rules and links. "
                + "Who never watches anything is warned later, and an admin is asked before anybody goes.",
            "Somebody joins", .press("new")),
        TourStep(
            "Weeks go by",
            "The house’s clock jumps ahead while people watch by their habits. Whoever did not is warned by letter, "
                + "some days ahead; see the mailbox.",
            "Skip 27 days", .press("month")),
        TourStep(
            "Who would have to go",
            "Everybody’s standing, with the evidence and the days that are left. Nobody is removed without a yes.",
            "Say !plex prune", .say("!plex prune", channel: "admin")),
        TourStep(
            "The question",
            "Dora was warned and has not come back. Now a card in #admin asks whether to remove her; a yes ends the "
                + "share, with a good-bye and a way back.",
            "Skip a week", .press("week")),
        TourStep(
            "Why Dora?",
            "What is known of her, and which rule spoke. Above it waits the card: press one of its buttons, "
                + "and the ledger remembers who did.",
            "Say !plex prune why dora", .say("!plex prune why dora", channel: "admin")),
        TourStep(
            "Smart downloads",
            "Robin watches a film in Jellyfin that lies in the cloud. Rules decide whether it is worth a place on the "
                + "disk, and say why.",
            "Robin watches a film", .press("film")),
        TourStep(
            "Why was that?",
            "Every decision can be asked about: which rule spoke, and on what evidence. The same is on the dashboard.",
            "Say !plex downloads why …", .say("!plex downloads why Le Phare d'Hiver", channel: "admin")),
        TourStep(
            "The tracker",
            "Robin watches an episode in Plex, whose webhook tells of it. The tracker marks it and knows what comes next.",
            "Watch the next episode", .press("episode")),
        TourStep(
            "What comes next",
            "Progress by show and season, a calendar, and questions to you where a show cannot be told apart.",
            "Say !plex tracker", .say("!plex tracker", channel: "media")),
        TourStep(
            "A bad day",
            "Tautulli stops answering. Nothing is decided on what cannot be known, and the admins are told once. "
                + "Bring it back under “Services” below.",
            "Tautulli goes down", .press("service", ["service": "Tautulli", "deed": "down"])),
        TourStep(
            "On the telephone",
            "The same word went to Robin’s telephone, by ntfy. Whatever waits for a yes rings there too; come back by "
                + "“Chat” above.",
            "Look at the phone", .open("/phone")),
        TourStep(
            "The dashboard",
            "The bot gives an admin a link that works once, seen by nobody else. Open it from the chat: everything "
                + "you saw is there, with every reason.",
            "Use /plex dashboard", .say("/plex dashboard", channel: "admin")),
        TourStep(
            "Look behind it",
            "Every request to every service is written down as it happens. Filter it by service, and see the failing one.",
            "Open the journal", .open("/journal")),
    ]
}
