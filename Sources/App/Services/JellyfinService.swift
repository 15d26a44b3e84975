// Jellyfin, asked by its own client: which server it is, and whether people can link themselves by Quick Connect.

internal import HTTP
internal import Jellyfin
internal import Runtime

extension Service {
    static let jellyfin = Service(name: "Jellyfin") { settings in
        guard let url = settings.address("JELLYFIN_URL") else { return nil }
        let key = settings.key("JELLYFIN_API_KEY") ?? Secret("")
        return { http in
            let jellyfin = Jellyfin(
                url: url, apiKey: key,
                identity: JellyfinIdentity(deviceID: "autoplex-check", version: Version.number), http: http,
                clock: SystemClock(), log: .silent, patience: RetryPolicy(attempts: 1))
            return await finding(jellyfin)
        }
    }

    private static func finding(_ jellyfin: Jellyfin) async -> Finding {
        do throws(JellyfinError) {
            let server = try await jellyfin.systemInfo()
            let isOn = try await jellyfin.isQuickConnectEnabled()
            return .fine("\(server.name) \(server.version)\(isOn ? "" : ", Quick Connect is off")")
        } catch {
            return switch error {
            // What an address with another service behind it answers.
            case .unreadable, .notFound: .wrong("\(error): check JELLYFIN_URL and its base path")
            default: .wrong("\(error)")
            }
        }
    }
}
