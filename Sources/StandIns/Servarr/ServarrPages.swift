// What both of the family say of themselves.

import Runtime

enum ServarrPages {
    static func status(app: String, version: String, started: Instant) -> JSON {
        [
            "appName": .string(app), "instanceName": .string(app), "version": .string(version),
            "buildTime": "2026-05-01T09:12:44Z", "isDebug": false, "isProduction": true, "isAdmin": false,
            "isUserInteractive": false, "startupPath": .string("/app/\(app.lowercased())/bin"), "appData": "/config",
            "osName": "alpine", "osVersion": "3.22.1", "isNetCore": true, "isLinux": true, "isOsx": false,
            "isWindows": false, "isDocker": true, "mode": "console", "branch": "master", "databaseType": "sqLite",
            "databaseVersion": "3.49.2", "authentication": "forms", "migrationVersion": 242, "urlBase": "",
            "runtimeVersion": "8.0.16", "runtimeName": "netcore", "startTime": .date(started),
            "packageVersion": .string(version), "packageAuthor": "[a household](https://household.example)",
            "packageUpdateMechanism": "docker", "packageUpdateMechanismMessage": "",
        ]
    }

    static func quality(_ quality: HouseholdWorld.FilmQuality) -> JSON {
        [
            "quality": kind(quality), "revision": ["version": 1, "real": 0, "isRepack": false],
        ]
    }

    static func kind(_ quality: HouseholdWorld.FilmQuality) -> JSON {
        [
            "id": .number(quality.rawValue), "name": .string(quality.name), "source": .string(quality.source),
            "resolution": .number(quality.resolution), "modifier": "none",
        ]
    }

    static func language(_ language: (id: Int, name: String)) -> JSON {
        ["id": .number(language.id), "name": .string(language.name)]
    }
}
