// swift-tools-version: 6.3
// The layers of the house. A room may use the rooms of the layers below its own, and only those it names here;
// `--explicit-target-dependency-import-check error` (see the Makefile) makes the compiler hold us to it.
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

extension Target {
    static func system(_ name: String, pkgConfig: String, apt: String) -> Target {
        .systemLibrary(name: name, path: "Sources/System/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
    }

    static func room(_ name: String, in folder: String, on rooms: [String]) -> Target {
        .target(
            name: name, dependencies: rooms.map { .byName(name: $0) }, path: "Sources/\(folder)",
            swiftSettings: settings)
    }

    static func platform(_ name: String, on rooms: [String] = ["Runtime"]) -> Target {
        room(name, in: "Platform/\(name)", on: rooms)
    }

    static func client(_ name: String, on rooms: [String] = []) -> Target {
        room(name, in: "Clients/\(name)", on: ["Domain", "Runtime", "HTTP"] + rooms)
    }

    static func feature(_ name: String, on rooms: [String] = []) -> Target {
        room(name, in: "Features/\(name)", on: ["Domain", "Runtime", "Storage"] + rooms)
    }

    static func face(_ name: String, on rooms: [String] = []) -> Target {
        room(name, in: "Faces/\(name)", on: ["Domain", "Runtime", "Storage"] + rooms)
    }

    /// The one room that stands beside Sources: it is where an owner looks first.
    static func commands(on rooms: [String]) -> Target {
        .target(
            name: "Commands", dependencies: rooms.map { .byName(name: $0) }, path: "commands", swiftSettings: settings)
    }

    static func program(_ name: String, at path: String, on rooms: [String]) -> Target {
        .executableTarget(
            name: name, dependencies: rooms.map { .byName(name: $0) }, path: path, swiftSettings: settings)
    }

    static func tests(_ name: String, on rooms: [String]) -> Target {
        .testTarget(
            name: "\(name)Tests", dependencies: rooms.map { .byName(name: $0) }, path: "Tests/\(name)",
            swiftSettings: settings)
    }
}

let package = Package(
    name: "autoplex",
    products: [
        .executable(name: "autoplex", targets: ["App"]),
        .executable(name: "standin", targets: ["StandIn"]),
        .executable(name: "check-matching", targets: ["CheckMatching"]),
        .executable(name: "check-performers", targets: ["CheckPerformers"]),
        .executable(name: "lists", targets: ["Lists"]),
        .executable(name: "postbox", targets: ["Postbox"]),
        .executable(name: "hook-door", targets: ["HookDoor"]),
        .executable(name: "tracker-door", targets: ["TrackerDoor"]),
        .executable(name: "hook-fuzz", targets: ["HookFuzz"]),
        .executable(name: "tracker-pace", targets: ["TrackerPace"]),
        .executable(name: "prune-proof", targets: ["PruneProof"]),
    ],
    targets: [
        // System: what C offers
        .systemLibrary(name: "CLinux", path: "Sources/System/CLinux"),
        .system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        .system("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        .system("CWebSockets", pkgConfig: "libwebsockets", apt: "libwebsockets-dev"),
        .system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        .system("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev"),
        .system("CExpat", pkgConfig: "expat", apt: "libexpat1-dev"),
        .system("CCrypto", pkgConfig: "openssl", apt: "libssl-dev"),
        .system("CCairo", pkgConfig: "pangocairo", apt: "libpango1.0-dev"),
        .system("CTurboJPEG", pkgConfig: "libturbojpeg", apt: "libturbojpeg0-dev"),
        .system("CGIF", pkgConfig: "libgif", apt: "libgif-dev"),
        .system("CPNG", pkgConfig: "libpng16", apt: "libpng-dev"),

        // Platform: our types over C and the OS. Runtime is its floor.
        .platform("Runtime", on: ["CLinux"]),
        .platform("SQLite", on: ["Runtime", "CSQLite"]),
        .platform("HTTP", on: ["Runtime", "CCurl"]),
        .platform("Sockets", on: ["Runtime", "CLinux", "CWebSockets"]),
        .platform("Compression", on: ["CZlib", "CZstd"]),
        .platform("XML", on: ["CExpat"]),
        .platform("Crypto", on: ["Runtime", "CCrypto"]),
        .platform("Streams", on: ["Runtime", "CCrypto"]),
        .platform("Canvas", on: ["Runtime", "CCairo", "CGIF", "CPNG", "CTurboJPEG"]),
        .platform("Templates"),
        .platform("LooseJSON"),

        // Domain, Storage
        .room("Domain", in: "Domain", on: ["Runtime"]),
        .room("Storage", in: "Storage", on: ["Domain", "Runtime", "SQLite"]),

        // Clients: one outside service each
        .client("Discord", on: ["Sockets", "Compression"]),
        .client("Plex", on: ["LooseJSON"]),
        .client("PlexTV", on: ["XML"]),
        .client("Tautulli", on: ["LooseJSON"]),
        .client("MusicBrainz"),
        .client("Discogs"),
        .client("Mail"),
        .client("Jellyfin", on: ["LooseJSON"]),
        // What Radarr and Prowlarr have in common: they are of one family.
        .client("Servarr", on: ["LooseJSON"]),
        .client("Radarr", on: ["LooseJSON", "Servarr"]),
        .client("Prowlarr", on: ["LooseJSON", "Servarr"]),
        .client("Jellystat", on: ["LooseJSON"]),
        .client("Wordsmith"),
        .client("Heralds"),
        .client("TVData", on: ["LooseJSON"]),

        // Pictures: charts from plain values
        .room("Pictures", in: "Pictures", on: ["Canvas"]),

        // Features: decisions
        .feature("Jobs"),
        .feature("People", on: ["Crypto", "Jellyfin", "Plex", "PlexTV", "Tautulli"]),
        .feature("History", on: ["Tautulli"]),
        .feature(
            "Music",
            on: [
                "Canvas", "Crypto", "Discogs", "HTTP", "MusicBrainz", "Pictures", "Plex", "PlexTV", "Tautulli",
            ]),
        .feature("Usage", on: ["Canvas", "HTTP", "Pictures", "Plex", "Tautulli"]),
        .feature(
            "Newsletter",
            on: ["Canvas", "Crypto", "HTTP", "Mail", "Pictures", "Plex", "Tautulli", "Wordsmith"]),
        .feature("Prune", on: ["Crypto"]),
        .feature("Downloads"),
        .feature("Tracker", on: ["LooseJSON"]),

        // Faces: words and pictures
        .face("Bot", on: ["Discord", "Jobs"]),
        .face(
            "Dashboard",
            on: [
                "Crypto", "Downloads", "HTTP", "Jobs", "Newsletter", "People", "Prune", "Sockets", "Templates",
                "Tracker",
                "Usage",
            ]),
        .face(
            "Web",
            on: [
                "Crypto", "Jellyfin", "Jobs", "LooseJSON", "Newsletter", "Plex", "Prune", "Radarr", "Sockets",
                "Tautulli", "Templates", "Tracker",
            ]),
        .face("Letters", on: ["Canvas", "Mail", "Newsletter", "Pictures", "Prune", "Templates"]),

        // Stand-ins of the outside services: Platform only, so that no misreading hides in both
        .room("StandIns", in: "StandIns", on: ["Compression", "HTTP", "Runtime", "Sockets", "Streams"]),

        // Top
        .commands(on: [
            "Bot", "Canvas", "Discord", "Domain", "Downloads", "Jobs", "Music", "MusicBrainz", "Newsletter", "People",
            "Plex",
            "Prune", "Runtime", "Storage", "Tracker", "Usage",
        ]),
        .program(
            "App", at: "Sources/App",
            on: [
                "Bot", "Canvas", "Commands", "Crypto", "Dashboard", "Discogs", "Discord", "Domain", "Downloads", "HTTP",
                "Heralds", "History", "Jellyfin", "Jellystat", "Jobs", "Letters", "Mail", "Music", "MusicBrainz",
                "Newsletter", "People",
                "Pictures", "Plex", "PlexTV",
                "Prowlarr", "Prune", "Radarr",
                "Runtime", "Servarr", "Sockets", "StandIns", "Storage",
                "TVData", "Tautulli", "Tracker", "Usage", "Web", "Wordsmith",
            ]),
        .program(
            "CheckPerformers", at: "Bench/CheckPerformers", on: ["Discogs", "Music", "MusicBrainz", "Runtime"]),
        .program("Lists", at: "Bench/Lists", on: ["Domain", "Runtime", "Tracker"]),
        .program("CheckMatching", at: "Bench/CheckMatching", on: ["Runtime", "Tracker"]),
        .program("TrackerPace", at: "Bench/TrackerPace", on: ["Domain", "Runtime", "Storage", "Tracker"]),
        .program("PruneProof", at: "Bench/PruneProof", on: ["PruneWorld", "Runtime"]),
        .program("HookDoor", at: "Bench/HookDoor", on: ["Runtime", "Sockets", "Storage", "Web"]),
        .program(
            "TrackerDoor", at: "Bench/TrackerDoor", on: ["Domain", "Runtime", "Sockets", "Storage", "Tracker", "Web"]),
        .program("HookFuzz", at: "Bench/HookFuzz", on: ["HookMill", "Runtime"]),
        .program("Postbox", at: "Bench/Postbox", on: ["Letters", "Mail", "Prune", "Runtime"]),
        .program("StandIn", at: "Bench/StandIn", on: ["Runtime", "Sockets", "StandIns"]),

        // Tests mirror the rooms
        .tests("Runtime", on: ["Runtime"]),
        .tests("SQLite", on: ["SQLite", "Runtime"]),
        .tests("HTTP", on: ["HTTP", "Runtime", "Sockets"]),
        .tests("Sockets", on: ["Sockets", "Runtime", "HTTP"]),
        .tests("Streams", on: ["HTTP", "Streams"]),
        .tests("Compression", on: ["Compression"]),
        .tests("XML", on: ["XML"]),
        .tests("Crypto", on: ["Crypto", "Runtime"]),
        .tests("Canvas", on: ["Canvas", "Crypto"]),
        .tests("Templates", on: ["Templates"]),
        .tests("LooseJSON", on: ["LooseJSON", "Runtime"]),
        .tests("Pictures", on: ["Canvas", "Pictures"]),
        .tests("Plex", on: ["Plex", "Domain", "HTTP", "Runtime", "Sockets", "StandIns"]),
        .tests("PlexTV", on: ["PlexTV", "Domain", "HTTP", "Runtime", "Sockets", "StandIns"]),
        .tests("Tautulli", on: ["Tautulli", "Domain", "HTTP", "Runtime", "Sockets", "StandIns"]),
        .tests("MusicBrainz", on: ["MusicBrainz", "Domain", "HTTP", "Runtime", "Sockets", "StandIns"]),
        .tests("Jellyfin", on: ["Jellyfin", "Domain", "HTTP", "Runtime", "Sockets", "StandIns"]),
        .tests("Radarr", on: ["Radarr", "Domain", "HTTP", "Runtime", "Servarr", "Sockets", "StandIns"]),
        .tests(
            "Prowlarr", on: ["Prowlarr", "Domain", "HTTP", "LooseJSON", "Runtime", "Servarr", "Sockets", "StandIns"]),
        .tests("Jellystat", on: ["Jellystat", "Domain", "HTTP", "Runtime", "Sockets", "StandIns"]),
        .room(
            "HookMill", in: "../Tests/HookMill",
            on: [
                "Domain", "Jellyfin", "LooseJSON", "Plex", "Radarr", "Runtime", "Sockets", "Tautulli", "Tracker", "Web",
            ]),
        .tests("Discogs", on: ["Discogs", "Domain", "HTTP", "Runtime", "Sockets", "StandIns"]),
        .tests("TVData", on: ["TVData", "Domain", "HTTP", "Runtime", "Sockets", "StandIns"]),
        .tests("Heralds", on: ["Heralds", "HTTP", "Runtime", "Sockets", "StandIns"]),
        .tests("Wordsmith", on: ["Wordsmith", "HTTP", "Runtime", "Sockets", "StandIns"]),
        .tests("Mail", on: ["Mail", "HTTP", "Runtime", "StandIns", "Streams"]),
        .tests("Domain", on: ["Domain", "Runtime"]),
        .tests("Storage", on: ["Storage", "Domain", "Runtime", "SQLite"]),
        .tests("Discord", on: ["Discord", "Domain", "Runtime", "HTTP", "Sockets", "StandIns"]),
        .tests(
            "Music",
            on: [
                "Music", "Discogs", "Domain", "HTTP", "MusicBrainz", "Plex", "PlexTV", "Runtime", "Sockets", "StandIns",
                "Storage", "Tautulli",
            ]),
        .tests(
            "Usage",
            on: [
                "Usage", "Canvas", "Domain", "HTTP", "Pictures", "Plex", "Runtime", "Sockets", "StandIns", "Storage",
                "Tautulli",
            ]),
        .tests("CheckMatching", on: ["CheckMatching", "Runtime"]),
        .tests("CheckPerformers", on: ["CheckPerformers", "Runtime"]),
        .tests("Jobs", on: ["Jobs", "Domain", "Runtime", "Storage"]),
        .tests(
            "History",
            on: ["History", "Domain", "HTTP", "Runtime", "Sockets", "StandIns", "Storage", "Tautulli"]),
        .room("NewsletterSamples", in: "../Tests/NewsletterSamples", on: ["Newsletter", "Domain", "Runtime"]),
        .tests(
            "Newsletter",
            on: [
                "Newsletter", "NewsletterSamples", "Canvas", "Crypto", "Domain", "HTTP", "History", "Mail", "Plex",
                "Runtime", "Sockets", "StandIns", "Storage", "Tautulli", "Wordsmith",
            ]),
        .room("PruneWorld", in: "../Tests/PruneWorld", on: ["Prune", "Domain", "Runtime", "SQLite", "Storage"]),
        .tests("Downloads", on: ["Downloads", "Domain", "Runtime", "Storage"]),
        .tests("Prune", on: ["Prune", "PruneWorld", "Domain", "Runtime", "Storage"]),
        .tests("Tracker", on: ["Tracker", "Domain", "Runtime", "Storage"]),
        .tests(
            "People",
            on: [
                "People", "Crypto", "Domain", "HTTP", "Jellyfin", "Plex", "PlexTV", "Runtime", "Sockets", "StandIns",
                "Storage", "Tautulli",
            ]),
        .tests("Bot", on: ["Bot", "Commands", "Discord", "Domain", "Jobs", "Music", "Runtime", "Storage"]),
        .tests(
            "Letters",
            on: [
                "Letters", "Canvas", "Domain", "Mail", "Newsletter", "NewsletterSamples", "Pictures", "Prune",
                "Runtime", "Templates",
            ]),
        .tests(
            "Web",
            on: [
                "Web", "Crypto", "Domain", "HTTP", "HookMill", "Jellyfin", "Jobs", "LooseJSON", "Newsletter", "Prune",
                "Runtime", "Sockets", "Storage", "Tautulli", "Tracker",
            ]),
        .tests("Dashboard", on: ["Dashboard", "Crypto", "Domain", "HTTP", "Runtime", "Sockets", "Storage"]),
        .tests("StandIns", on: ["StandIns", "HTTP", "Sockets", "Runtime", "Compression"]),
        .tests(
            "App",
            on: [
                "App", "Crypto", "Discord", "Domain", "Downloads", "HTTP", "History", "Jellyfin", "People", "Plex",
                "PlexTV", "Prune", "Radarr", "Runtime", "SQLite", "Sockets", "StandIns", "Storage", "Tautulli", "Usage",
                "Web",
            ]),
        .tests(
            "Journeys",
            on: [
                "App", "Bot", "Commands", "Discord", "Domain", "HTTP", "Jobs", "Runtime", "Sockets", "StandIns",
                "Storage", "Tautulli",
            ]),
        .tests("Architecture", on: []),
    ],
    swiftLanguageModes: [.v6]
)
