// What downloads ask of Radarrs and of our own folders: which search was theirs, whose notice it is, what a film is given
// to another Radarr with, and what a check says of each.

import Domain
import Downloads
import FoundationEssentials
import HTTP
import Radarr
import Runtime
import Sockets
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(1))) struct `What a Radarr is asked` {
    typealias Films = HouseholdWorld.Films
    typealias Roots = HouseholdWorld.FilmRoots

    struct House {
        let standIn: RadarrStandIn
        let clock: VirtualClock
        let http: HTTPClient

        func outside(_ change: (inout DownloadWishes) -> Void = { _ in }) -> DownloadOutside {
            let wishes = DownloadWishes { wishes in
                wishes.houses = [.init("Disk", setting: "RADARR_2", profile: "HD-1080p")]
                change(&wishes)
            }
            let radarrs = wishes.houses.map { house in
                let radarr = Radarr(
                    url: standIn.url, apiKey: Secret(standIn.apiKey), name: house.name, setting: house.setting,
                    http: http, clock: clock, log: .silent, patience: RetryPolicy(attempts: 1))
                return (house.name, radarr)
            }
            return DownloadOutside(
                wishes: wishes, radarrs: radarrs, prowlarr: nil, jellyfin: nil, jellystat: nil, plex: nil,
                tautulli: nil, history: nil, clock: clock)
        }

        func film(_ title: String) throws -> HouseholdWorld.Film {
            try #require(standIn.household.read { $0.film(titled: title) })
        }

        func check(_ settings: [String: String]) async throws -> (name: String, finding: Finding) {
            var values = [
                "DISCORD_TOKEN": "t", "RADARR_2_URL": standIn.url, "RADARR_2_API_KEY": standIn.apiKey,
                "RADARR_2_NAME": "Radarr 4K",
            ]
            values.merge(settings) { $1 }
            let configuration = try Configuration(Environment(process: values, dotEnvPaths: []))
            let service = try #require(
                Service.all(for: configuration).first { $0.name == "Radarr 4K" })
            let finding = await service.look(with: configuration, http: http)
            return (service.name, try #require(finding))
        }
    }

    static func with(_ body: (House) async throws -> Void) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "radarr", log: .silent)
        let standIn = try await RadarrStandIn.start(
            loop: loop, clock: clock, household: Household(.small(now: clock.now)))
        let http = try HTTPClient(userAgent: "test")
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(House(standIn: standIn, clock: clock, http: http))) } catch {
            outcome = .failure(error)
        }
        await http.stop()
        await standIn.stop()
        await loop.stop()
        try outcome.get()
    }

    @Test func `the search that was asked for is found among its commands, and by the film once those are forgotten`()
        async throws
    {
        try await Self.with { house in
            let outside = house.outside()
            let (film, other) = (try house.film(Films.upgradable), try house.film(Films.classic))
            let before = house.clock.now - .minutes(5)
            let none = await outside.sources.search("Disk", film.id, before)
            #expect(none == .absent)
            let command = try await outside.radarr("Disk").search(films: [film.id])
            _ = try await outside.radarr("Disk").search(films: [other.id])
            let found = await outside.sources.search("Disk", film.id, before)
            #expect(found == .known(command.id))
            let later = await outside.sources.search("Disk", film.id, house.clock.now + .minutes(1))
            #expect(later == .absent)
            // A restart forgets the commands, not what they came to.
            await house.clock.advance(by: .minutes(1))
            await house.standIn.fail("GET /api/v3/command", with: .status(200, []))
            let traced = await outside.sources.search("Disk", film.id, before)
            #expect(traced == .known(0))
            await house.standIn.fail("GET /api/v3/command", with: .status(503, .null))
            let unknown = await outside.sources.search("Disk", film.id, before)
            if case .unknown = unknown {} else { Issue.record("\(unknown)") }
        }
    }

    @Test func `a film is given with profile, folder and tag, monitored, and searched for by Radarr itself`()
        async throws
    {
        try await Self.with { house in
            let outside = house.outside()
            let stranger = try house.film(Films.unknownToRadarr)
            let ids = FilmIDs(imdb: stranger.imdb, title: stranger.title, year: stranger.year)
            let number = try await outside.acts(LateDesk()).add("Disk", ids, Roots.disk, "hdd")
            let film = try house.film(Films.unknownToRadarr)
            #expect(film.id == number && film.root == Roots.disk && film.profile == 4 && film.isMonitored)
            #expect(film.tags == [HouseholdWorld.FilmTags.disk])
            let early = await outside.sources.search("Disk", number, house.clock.now - .minutes(1))
            #expect(early == .absent)
            await house.clock.advance(by: .seconds(5))
            let search = await outside.sources.search("Disk", number, house.clock.now - .minutes(1))
            #expect(search.known.map { $0 > 0 } == true, "\(search)")
        }
    }

    @Test(arguments: [
        ("", Roots.disk, "RADARR_2_PROFILE"), ("8K", Roots.disk, "RADARR_2_PROFILE"),
        ("HD-1080p", "/nowhere", "DOWNLOADS_ROOT"),
    ])
    func `what cannot be given says which setting to mend, and nothing is sent`(
        profile: String, root: String, setting: String
    ) async throws {
        try await Self.with { house in
            let outside = house.outside { $0.houses = [.init("Disk", setting: "RADARR_2", profile: profile)] }
            let stranger = try house.film(Films.unknownToRadarr)
            let ids = FilmIDs(tmdb: stranger.tmdb, title: stranger.title, year: stranger.year)
            do {
                _ = try await outside.acts(LateDesk()).add("Disk", ids, root, "hdd")
                Issue.record("it was given")
            } catch { #expect("\(error)".contains(setting), "\(error)") }
            #expect(!house.standIn.requests.entries.contains { $0.route == "POST /api/v3/movie" })
        }
    }

    @Test func `whose notice it is goes by what each calls itself`() async throws {
        try await Self.with { house in
            await house.standIn.changeRules { $0.instance = "Radarr-UHD" }
            let outside = house.outside { $0.houses.append(.init("HD", setting: "RADARR")) }
            let both = await outside.sources.called("radarr-uhd")
            #expect(both == ["Disk", "HD"])
            let none = await outside.sources.called("Sonarr")
            #expect(none == [])
            // One that does not answer may be anybody.
            let silent = house.outside { $0.houses.append(.init("HD", setting: "RADARR")) }
            await house.standIn.fail("GET /api/v3/system/status", with: .status(503, .null), times: 2)
            let anybody = await silent.sources.called("Sonarr")
            #expect(anybody == ["Disk", "HD"])
        }
    }

    @Test func `free space is that of the folder films on disk go to, and without one nobody knows`() async throws {
        try await Self.with { house in
            let sources = house.outside().sources
            let free = house.standIn.household.read { world in
                world.filmRoots.first { $0.path == Roots.disk }?.freeBytes
            }
            let space = await sources.space("Disk", Roots.disk + "/")
            #expect(space.known == free && free != nil)
            let none = await sources.space("Disk", "/nowhere")
            if case .unknown(let why) = none {
                #expect(why.contains("DOWNLOADS_ROOT"))
            } else {
                Issue.record("\(none)")
            }
        }
    }

    // MARK: autoplex check

    @Test func `a check knows each by its name, and tells what it complains of`() async throws {
        try await Self.with { house in
            let fine = try await house.check([:])
            #expect(fine.finding.isFine && fine.finding.text.hasPrefix("6."))
            await house.standIn.changeRules { $0.health = [("warning", "IndexerStatusCheck", "Indexers unavailable")] }
            let complains = try await house.check([:])
            #expect(complains.finding.isFine && complains.finding.text.contains("Indexers unavailable"))
            let wrong = try await house.check(["RADARR_2_API_KEY": "x"])
            #expect(!wrong.finding.isFine && wrong.finding.text.contains("RADARR_2_API_KEY"), "\(wrong.finding)")
        }
    }

    @Test func `a check looks for the folder and the profile that downloads want there`() async throws {
        try await Self.with { house in
            let wanted = [
                "RADARR_URL": "http://127.0.0.1:1", "RADARR_API_KEY": "k", "DOWNLOADS": "dry",
                "TRACKED_USER_NAME": "robin", "DOWNLOADS_PREPARE": "second", "RADARR_2_PROFILE": "ultra-hd",
            ]
            let fine = try await house.check(wanted)
            #expect(fine.finding.isFine, "\(fine.finding)")
            let profile = try await house.check(wanted.merging(["RADARR_2_PROFILE": "8K"]) { $1 })
            #expect(profile.finding.text.contains("HD-1080p, Ultra-HD"), "\(profile.finding)")
            let root = try await house.check(wanted.merging(["RADARR_2_ROOT": "/films"]) { $1 })
            #expect(root.finding.text.contains("no root folder /films: check RADARR_2_ROOT"), "\(root.finding)")
        }
    }

    @Test func `nine of them are read from the settings, in order, each with its name`() throws {
        let settings = try Configuration(
            Environment(
                process: [
                    "DISCORD_TOKEN": "t", "RADARR_URL": "http://a", "RADARR_API_KEY": "k", "RADARR_NAME": "HD",
                    "RADARR_3_URL": "http://c", "RADARR_3_API_KEY": "k", "RADARR_9_URL": "http://i",
                    "RADARR_9_API_KEY": "k", "RADARR_9_NAME": "Children", "DOWNLOADS_RADARR": "children",
                ], dotEnvPaths: []))
        #expect(settings.downloads.houses.map(\.name) == ["HD", "Radarr 3", "Children"])
        #expect(settings.downloads.keeper == "Children")
        #expect(Service.configured(settings) == ["HD", "Radarr 3", "Children"])
        #expect(throws: BrokenConfiguration.self) {
            try Configuration(
                Environment(
                    process: [
                        "DISCORD_TOKEN": "t", "RADARR_URL": "http://a", "RADARR_API_KEY": "k",
                        "RADARR_2_URL": "http://c", "RADARR_2_API_KEY": "k", "RADARR_2_NAME": "radarr",
                    ], dotEnvPaths: []))
        }
    }

    // MARK: Looking

    @Test func `a link, a file, a folder that is not mounted, and one nobody mapped`() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/look-\(UInt64.random(in: .min ... .max))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder + "/films", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: folder + "/empty", withIntermediateDirectories: true)
        try Data([1]).write(to: URL(filePath: folder + "/films/a.mkv"))
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/films/b.mkv", withDestinationPath: "/mnt/cloud/that/is/not/there.mkv")
        let look = FileLook(
            PathMap(
                ["/movies=\(folder)/films", "/links=\(folder)/empty", "/gone=\(folder)/gone"].compactMap(PathMap.row)))
        let file = await look.look(at: "/movies/a.mkv")
        let link = await look.look(at: "/movies/b.mkv")
        let missing = await look.look(at: "/movies/c.mkv")
        let empty = await look.look(at: "/links/a.mkv")
        let gone = await look.look(at: "/gone/a.mkv")
        let other = await look.look(at: "/elsewhere/a.mkv")
        #expect(file == .known(.file(onRemote: false)) && link == .known(.link) && other == .absent)
        for seen in [missing, empty, gone] {
            if case .unknown = seen { continue }
            Issue.record("\(seen)")
        }
    }

    @Test(arguments: [
        ("/mnt/cloud/a.mkv", true), ("/mnt/cloud film/a.mkv", true), ("/mnt/clouds/a.mkv", false),
        ("/mnt/cloud/disk/a.mkv", false), ("/srv/a.mkv", false),
    ])
    func `a cloud that is mounted is no disk`(path: String, isRemote: Bool) {
        let mounts = """
            22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            30 22 0:40 / /mnt/cloud rw shared:2 - fuse.rclone remote: rw
            31 22 0:41 / /mnt/cloud\\040film rw - fuse.rclone remote: rw
            32 30 8:2 / /mnt/cloud/disk rw - ext4 /dev/sdb1 rw
            33 22 0:42 / /srv rw - fuse.mergerfs a:b rw
            """
        #expect(FileLook.isRemote(path, mounts) == isRemote)
    }
}
