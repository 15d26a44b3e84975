// The settings of the tracker of shows. Names that the usual programs of this kind have are kept.

extension Variable {
    static let tracker: [Variable] = [
        Variable(
            "TRACKER", .tracker, .choice(["off", "on"]), standard: "off", example: "on",
            "on: episodes that people watch to their end are marked in their own lists."),
        Variable(
            "TRACKER_PEOPLE", .tracker, .choice(["joined", "everybody"]), standard: "joined", example: "everybody",
            "joined: only who asked for a list, with a command. everybody: all accounts of the server."),
        Variable(
            "TRACKER_AUTO_ADD", .tracker, .flag, standard: "true", example: "false",
            "A show somebody watches comes onto their list by itself. Each person may say otherwise."),
        Variable(
            "TRACKER_AUTO_WATCH", .tracker, .flag, standard: "true", example: "false",
            "What somebody watches is marked by itself. Each person may say otherwise."),
        Variable(
            "TRACKER_CHANNEL", .tracker, .id, example: "1180000000000000002",
            "Where it is said that somebody has finished a season. Empty: nowhere."),
        Variable(
            "TRACKER_HISTORY", .tracker, .choice(["plex", "tautulli", "off"]), standard: "plex", example: "tautulli",
            "Whose history tells what was watched before, and what hooks missed. Without Plex it is Tautulli's."),
        Variable(
            "TRACKER_LOG_DAYS", .tracker, .number(1...3650), standard: "90", example: "30",
            "So long hooks are kept as they came, to be looked at anew."),
        Variable(
            "PLEX_RATE_LIMIT", .tracker, .number(1...100_000), standard: "100", example: "300",
            "Hooks a minute at one address. What comes above it is kept too, and worked off later."),
        Variable(
            "PUBLIC_WEBHOOK_URL", .tracker, .url(schemes: ["http", "https"]), example: "https://hooks.example.org",
            "Where Plex reaches this program, for the addresses people paste. Empty: PUBLIC_URL."),
    ]
}
