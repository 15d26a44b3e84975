// Each Radarr by the name its owner gave it: whether it is one, what it complains of itself, and whether it has the folder
// and the quality profile that downloads are to use there.

internal import Downloads
internal import HTTP
internal import Radarr
internal import Runtime
internal import Servarr

extension Service {
    /// Those of the settings; where there is none, a place for the first.
    static func radarrs(of settings: Configuration) -> [Service] {
        var houses = settings.downloads.houses
        // One whose key is missing is to be told of as well.
        for number in Variable.radarrNumbers where number == 1 || settings.isSet("RADARR_\(number)_URL") {
            let prefix = Variable.radarrPrefix(number)
            if houses.contains(where: { $0.setting == prefix }) { continue }
            houses.append(DownloadWishes.House(number == 1 ? "Radarr" : "Radarr \(number)", setting: prefix))
        }
        return houses.sorted { $0.setting < $1.setting }.map(radarr)
    }

    static func radarr(_ house: DownloadWishes.House) -> Service {
        Service(name: house.name) { settings in
            guard let url = settings.address("\(house.setting)_URL") else { return nil }
            let key = settings.key("\(house.setting)_API_KEY") ?? Secret("")
            let wishes = settings.downloads
            return { http in
                let radarr = Radarr(
                    url: url, apiKey: key, name: house.name, setting: house.setting, http: http, clock: SystemClock(),
                    log: .silent, patience: RetryPolicy(attempts: 1))
                return await finding(radarr, house, wishes)
            }
        }
    }

    private static func finding(
        _ radarr: Radarr, _ house: DownloadWishes.House, _ wishes: DownloadWishes
    ) async -> Finding {
        do throws(RadarrError) {
            let server = try await radarr.status()
            if let fault = try await fault(radarr, house, wishes) { return .wrong(fault) }
            let complaints = try await radarr.health().filter { $0.level == .warning || $0.level == .error }
            if complaints.isEmpty { return .fine(server.version) }
            return .fine("\(server.version), and complains: \(complaints.map(\.message).joined(separator: "; "))")
        } catch { return .wrong("\(error)") }
    }

    /// What would keep downloads from coming to this one's disk.
    private static func fault(
        _ radarr: Radarr, _ house: DownloadWishes.House, _ wishes: DownloadWishes
    ) async throws(RadarrError) -> String? {
        let isTarget = wishes.preparation == .second ? house.name == wishes.keeper : wishes.preparation == .move
        guard wishes.mode != .off, isTarget else { return nil }
        let root = wishes.root(of: house.name)
        if try await radarr.rootFolder(root) == nil {
            return "\(DownloadOutside.NoSuchRoot(house: house, root: root))"
        }
        if wishes.preparation == .second {
            let profiles = try await radarr.profiles()
            do { _ = try house.profile(among: profiles) } catch { return "\(error)" }
        }
        return nil
    }
}
