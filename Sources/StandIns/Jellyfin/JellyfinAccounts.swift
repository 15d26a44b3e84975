// The server and its users as Jellyfin tells of them (SystemManager, UserManager.GetUserDto): what is null is left out,
// ids have no dashes, dates seven decimals.

import Runtime

extension JellyfinCaller {
    typealias Account = HouseholdWorld.JellyfinAccount

    static let serverID = "9c0ffee1d2e34f5a8b6c7d8e9f0a1b2c"

    func publicInfo() -> JellyfinAnswer {
        .json([
            "LocalAddress": "http://192.0.2.1:8096", "ServerName": "Household's Jellyfin",
            "Version": .string(desk.rules.version), "ProductName": "Jellyfin Server", "OperatingSystem": "",
            "Id": .string(Self.serverID), "StartupWizardCompleted": true,
        ])
    }

    func systemInfo() -> JellyfinAnswer {
        .json([
            "OperatingSystemDisplayName": "", "HasPendingRestart": false, "IsShuttingDown": false,
            "SupportsLibraryMonitor": true, "WebSocketPortNumber": 8096, "CompletedInstallations": [],
            "CanSelfRestart": true, "CanLaunchWebBrowser": false, "ProgramDataPath": "/config",
            "WebPath": "/jellyfin/jellyfin-web", "LogPath": "/config/log", "HasUpdateAvailable": false,
            "LocalAddress": "http://192.0.2.1:8096", "ServerName": "Household's Jellyfin",
            "Version": .string(desk.rules.version), "ProductName": "Jellyfin Server", "OperatingSystem": "",
            "Id": .string(Self.serverID), "StartupWizardCompleted": true,
        ])
    }

    // MARK: Users

    func users() -> JellyfinAnswer {
        var accounts = desk.household.read(\.jellyfin)
        if let wanted = call["isHidden"].flatMap(Self.claim) { accounts = accounts.filter { $0.isHidden == wanted } }
        if let wanted = call["isDisabled"].flatMap(Self.claim) {
            accounts = accounts.filter { $0.isDisabled == wanted }
        }
        return .json(.array(accounts.map(json)))
    }

    /// As on the page where one signs in.
    func publicUsers() -> JellyfinAnswer {
        .json(.array(desk.household.read(\.jellyfin).filter { !$0.isHidden && !$0.isDisabled }.map(json)))
    }

    func oneUser() -> JellyfinAnswer {
        let id = call.parameters[0].filter { $0 != "-" }
        guard id.count == 32, id.allSatisfy(\.isHexDigit) else {
            return .problem(status: 400, title: "One or more validation errors occurred.")
        }
        guard let account = desk.household.read({ $0.jellyfinAccount(id) }) else { return .no(404, "User not found") }
        return .json(json(account))
    }

    /// An API key is nobody.
    func me() -> JellyfinAnswer {
        account.map { .json(json($0)) } ?? .problem(status: 400, title: "Bad Request")
    }

    private static func claim(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true": true
        case "false": false
        default: nil
        }
    }

    func json(_ account: Account) -> JSON {
        let date = account.lastActivity.map { JSON.string($0.jellyfin) }
        var json: JSON = [
            "Name": .string(account.name), "ServerId": .string(Self.serverID), "Id": .string(account.id),
        ]
        if desk.rules.tellsOfPasswords {
            json["HasPassword"] = true
            json["HasConfiguredPassword"] = true
            json["HasConfiguredEasyPassword"] = false
        }
        json["EnableAutoLogin"] = false
        json["LastLoginDate"] = date
        json["LastActivityDate"] = date
        json["Configuration"] = [
            "PlayDefaultAudioTrack": true, "SubtitleLanguagePreference": "", "DisplayMissingEpisodes": false,
            "GroupedFolders": [], "SubtitleMode": "Default", "DisplayCollectionsView": false,
            "EnableLocalPassword": false, "OrderedViews": [], "LatestItemsExcludes": [], "MyMediaExcludes": [],
            "HidePlayedInLatest": true, "RememberAudioSelections": true, "RememberSubtitleSelections": true,
            "EnableNextEpisodeAutoPlay": true, "CastReceiverId": "F007D354",
        ]
        json["Policy"] = [
            "IsAdministrator": .bool(account.isAdministrator), "IsHidden": .bool(account.isHidden),
            "EnableCollectionManagement": false, "EnableSubtitleManagement": false,
            "IsDisabled": .bool(account.isDisabled), "BlockedTags": [], "AllowedTags": [],
            "EnableUserPreferenceAccess": true, "AccessSchedules": [], "BlockUnratedItems": [],
            "EnableRemoteAccess": true, "EnableMediaPlayback": true, "EnableContentDownloading": true,
            "EnableAllDevices": true, "EnabledDevices": [], "EnableAllFolders": true, "EnabledFolders": [],
            "InvalidLoginAttemptCount": 0, "LoginAttemptsBeforeLockout": -1, "MaxActiveSessions": 0,
            "RemoteClientBitrateLimit": 0,
            "AuthenticationProviderId":
                "Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider",
            "PasswordResetProviderId": "Jellyfin.Server.Implementations.Users.DefaultPasswordResetProvider",
            "SyncPlayAccess": "CreateAndJoinGroups",
        ]
        return json
    }
}

extension Instant {
    /// "2025-11-15T10:30:00.0000000Z"
    var jellyfin: String {
        let thousandths = "\(1000 + (milliseconds % 1000 + 1000) % 1000)".dropFirst()
        return "\(iso.dropLast()).\(thousandths)0000Z"
    }
    /// "Sun, 06 Nov 1994 08:49:37 GMT": every answer of the real one has its date, and clients set their clocks by it.
    var dateHeader: String {
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = LocalTime.utc.parts(of: self)
        let day = iso.dropFirst(8).prefix(2)
        return "\(days[parts.weekday]), \(day) \(months[parts.wall.month - 1]) \(parts.wall.year) "
            + "\(iso.dropFirst(11).prefix(8)) GMT"
    }
}
