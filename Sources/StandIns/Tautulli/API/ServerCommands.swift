// Which command is answered by what, and the few that need nothing but a word (sheet §2).

extension TautulliAPI {
    typealias Command = @Sendable (inout TautulliAPI, Visit) throws(TautulliRefusal) -> TautulliOutcome

    static let commands: [String: Command] = [
        historyCommands, userCommands, watchCommands, statisticsCommands, chartCommands, activityCommands,
        libraryCommands, serverCommands,
    ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }

    static let serverCommands: [String: Command] = [
        "arnold": { _, _ in .data("I'll be back.") },
        "status": { _, visit in
            visit["check"] == "database"
                ? .data(["integrity_check": "ok"], message: "Database ok") : .data([:], message: "Ok")
        },
        "server_status": { _, visit in .data(["connected": .bool(!visit.rules.plexIsDown)]) },
        "get_tautulli_info": { _, visit in
            .data([
                "tautulli_install_type": "docker", "tautulli_version": .string(visit.rules.version),
                "tautulli_branch": "master", "tautulli_commit": "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00",
                "tautulli_platform": "Linux", "tautulli_platform_release": "6.1.0",
                "tautulli_platform_version": "#1 SMP", "tautulli_platform_linux_distro": "Debian 12",
                "tautulli_platform_device_name": "household", "tautulli_python_version": "3.11.9",
            ])
        },
        "get_server_info": { _, visit in
            .data([
                "pms_identifier": .string(visit.world.machineID), "pms_ip": "127.0.0.1",
                "pms_name": .string(visit.world.serverName), "pms_platform": "Linux",
                "pms_plexpass": .claim(visit.rules.hasPlexPass), "pms_port": 32400, "pms_ssl": 0,
                "pms_url": "http://127.0.0.1:32400", "pms_url_manual": 1, "pms_version": .string(visit.world.version),
            ])
        },
        "get_server_identity": { _, visit in
            visit.rules.plexIsDown
                ? .data([:])
                : .data([
                    "machine_identifier": .string(visit.world.machineID), "version": .string(visit.world.version),
                ])
        },
        "get_server_friendly_name": { _, visit in .data(visit.rules.plexIsDown ? "" : .string(visit.world.serverName))
        },
        "get_server_id": { _, _ in .data(["identifier": .null]) },
        "get_servers_info": { _, visit in
            visit.rules.plexIsDown
                ? .data([])
                : .data([
                    [
                        "name": .string(visit.world.serverName),
                        "machine_identifier": .string(visit.world.machineID), "host": "127.0.0.1", "port": "32400",
                        "version": .string(visit.world.version),
                    ]
                ])
        },
        "get_pms_update": { _, _ in .data([:]) },
        "update_check": { _, _ in .data(["update": false], message: "Tautulli is up to date.") },
        "get_date_formats": { _, _ in .data(["date_format": "YYYY-MM-DD", "time_format": "HH:mm"]) },
        "sql": { _, _ throws(TautulliRefusal) in throw .refused("SQL not enabled for the API.") },
        "docs": { _, _ in .data(.object(JSON.Fields(commands.keys.sorted().map { (key: $0, value: [:]) }))) },
    ]
}
