// The settings of downloads. Names that the usual scripts of this kind have are kept.

extension Variable {
    static let downloads: [Variable] = [
        Variable(
            "DOWNLOADS", .downloads, .choice(["off", "dry", "on"]), standard: "off", example: "dry",
            "off: no hook is taken. dry: every film is judged and nothing is searched for. on: Radarr searches."),
        Variable(
            "WEBHOOK_SECRET", .downloads, .secret, example: "a-long-word",
            "What senders of hooks must bring: as a header, as a password, or at the end of the address."),
        Variable(
            "TRACKED_USER_NAME", .downloads, .text, example: "anna,robin",
            "Whose watching counts: names or ids of Jellyfin or Plex, with commas. Everybody else is a guest."),
        Variable(
            "TRACKED_USERS", .downloads, .text, example: "kids:3,anna",
            "The same with a threshold of their own: how often they watch a film until it is kept."),
        Variable(
            "WATCH_COUNT_THRESHOLD", .downloads, .number(1...20), standard: "2", example: "3",
            "How often a film is watched until it is kept."),
        Variable(
            "WATCH_WINDOW_DAYS", .downloads, .number(1...3650), standard: "90", example: "180",
            "Within how many days."),
        Variable(
            "WATCHED_PERCENT", .downloads, .number(1...100), standard: "90", example: "85",
            "How much of a film has to be watched."),
        Variable(
            "IMDB_INSTANT", .downloads, .text, standard: "8.5", example: "8.3", "Kept at once from this IMDb rating on."
        ),
        Variable(
            "IMDB_REWATCH", .downloads, .text, standard: "7.0", example: "6.5",
            "Kept when watched again from this rating on, up to IMDB_INSTANT."),
        Variable(
            "RARE_RATING", .downloads, .text, standard: "8.0", example: "7.8",
            "Kept at once from this rating on, with fewer votes than RARE_VOTES."),
        Variable("RARE_VOTES", .downloads, .number(0...10_000_000), standard: "50000", example: "20000", "See there."),
        Variable(
            "RARE_BEFORE_YEAR", .downloads, .number(0...2200), standard: "1990", example: "1970",
            "Kept at once if older than this and not in English. 0: never."),
        Variable(
            "RARE_KEYWORDS", .downloads, .text,
            standard: "criterion,director's cut,restored,remastered,limited edition,uncut,extended,"
                + "collector's edition,special edition",
            example: "criterion,director's cut", "Words of rare editions, with commas; kept at once. Whole words only."),
        Variable(
            "RARE_GENRES", .downloads, .text, standard: "Foreign,World Cinema,Silent", example: "Silent",
            "Genres that are kept at once."),
        Variable(
            "MIN_SEEDERS_RARE", .downloads, .number(0...10_000), standard: "10", example: "5",
            "Kept at once with fewer seeders than this, as Prowlarr says. Asked only if nothing else decides. 0: never."
        ),
        Variable(
            "FAMILY_GENRES", .downloads, .text, standard: "Family,Animation", example: "Family",
            "Genres for children, kept at once."),
        Variable(
            "FAVOURITE_TAG", .downloads, .text, standard: "favorite,favourite", example: "keep",
            "Tags in Radarr that have a film kept at once. A favourite in Jellyfin is, too."),
        Variable(
            "NEVER_TAG", .downloads, .text, standard: "never-download", example: "stream-only",
            "Tags in Radarr of films that are never downloaded."),
        Variable(
            "ASK_TAG", .downloads, .text, standard: "ask-download", example: "ask",
            "Tags in Radarr of films about which an admin is asked."),
        Variable(
            "DOWNLOADS_EXCLUDE_GENRES", .downloads, .text, example: "Documentary,Horror", "Genres never downloaded."),
        Variable(
            "DOWNLOADS_ASK", .downloads, .text, example: "seeders,family",
            "Rules that ask an admin instead: rating, edition, old-foreign, gem, genre, favourite, family, seeders, rewatch."
        ),
        Variable(
            "DOWNLOADS_PER_DAY", .downloads, .number(0...1000), standard: "0", example: "5",
            "Searches in a day at most; 0: as many as come. What is too many waits."),
        Variable(
            "DOWNLOADS_GB_PER_DAY", .downloads, .number(0...100_000), standard: "0", example: "100",
            "Gigabytes in a day at most; 0: as many as come."),
        Variable(
            "FREE_SPACE_FLOOR_GB", .downloads, .number(0...1_000_000), standard: "50", example: "200",
            "What must stay free on the disk of DOWNLOADS_ROOT; 0: nobody looks."),
        Variable(
            "CLOUD_PATHS", .downloads, .text, standard: "/data/symlinks/radarr", example: "/mnt/links,/data/symlinks",
            "Folders of links to the cloud, as Radarr sees them, with commas."),
        Variable(
            "LOCAL_PATHS", .downloads, .text, standard: "/storage/media/movies", example: "/movies",
            "Folders of films on disk, as Radarr sees them. A file in neither list is left alone."),
        Variable(
            "DOWNLOADS_PREPARE", .downloads, .choice(["none", "move", "second", "release"]), standard: "none",
            example: "move",
            "How a film that has a file is searched for: none, move (folder and tag first), second (by another Radarr, "
                + "which is given the film), release."),
        Variable(
            "DOWNLOADS_RADARR", .downloads, .text, example: "Radarr 4K",
            "The Radarr that has films on disk, by its name. Empty: each its own; with DOWNLOADS_PREPARE=second RADARR_2."
        ),
        Variable(
            "DOWNLOADS_PATH_MAP", .downloads, .text, example: "/storage/media=/data/media,/data/symlinks",
            "Radarr's folders that Autoplex can see, as Radarr sees them = as Autoplex does; then it looks itself whether "
                + "a file is a link. What it cannot see goes by CLOUD_PATHS and LOCAL_PATHS."),
        Variable(
            "DOWNLOADS_ROOT", .downloads, .text, standard: "/storage/media/movies", example: "/movies",
            "Radarr's root folder for films on disk."),
        Variable(
            "DOWNLOADS_TAG", .downloads, .text, standard: "keep-on-disk", example: "keep",
            "The tag that DOWNLOADS_PREPARE=move or second gives, for a download client that really downloads."),
        Variable(
            "DOWNLOADS_AGAIN_DAYS", .downloads, .number(0...3650), standard: "30", example: "90",
            "A film is not searched for again so soon, nor after its file was deleted."),
        Variable(
            "DOWNLOADS_KEEP_DAYS", .downloads, .number(0...3650), standard: "180", example: "365",
            "Films on disk that nobody watched for so long are proposed for deletion; 0: never. Nothing goes by itself."
        ),
        Variable(
            "DOWNLOADS_PROPOSALS", .downloads, .number(0...50), standard: "5", example: "3",
            "How many of them in a week."),
    ]
}
