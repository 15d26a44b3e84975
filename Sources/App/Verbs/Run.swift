// `autoplex run`: the bot, until somebody tells it to stop. Every reason why it cannot run is one sentence and an exit
// code that says whether trying again may help.

internal import Discord
internal import FoundationEssentials
internal import Runtime
internal import Sockets
internal import Storage

enum Run {
    static func perform(_ settings: Configuration) async -> ExitCode {
        let log = log(of: settings)
        guard let token = settings.token else {
            return await untilStopped(log) {
                try await SetupOnline.run(ProcessInfo.processInfo.environment, settings, log)
                // As after a new start: what was written counts now.
                let settings = try Configuration(
                    Environment(process: ProcessInfo.processInfo.environment, readsSetup: true))
                guard let token = settings.token else { throw NoToken() }
                try await application(settings, token, Self.log(of: settings)).run()
            }
        }
        return await serve(application(settings, token, log), log: log)
    }

    private struct NoToken: Error, CustomStringConvertible {
        let description = "DISCORD_TOKEN is not set"
    }

    private static func log(of settings: Configuration) -> Log {
        Log(level: settings.logLevel, format: settings.logFormat, secrets: settings.secrets)
    }

    private static func application(_ settings: Configuration, _ token: Secret, _ log: Log) -> Application {
        log.info("Autoplex \(Version.number) starts", ["zone": settings.zoneName, "folder": settings.folder])
        for warning in settings.warnings { log.warning("\(warning)") }
        return Application(
            settings: settings, token: token, clock: SystemClock(), log: log,
            settingsAnew: { Environment(process: ProcessInfo.processInfo.environment, readsSetup: true) })
    }

    /// Runs until a stop signal or a failure.
    static func serve(_ application: Application, log: Log) async -> ExitCode {
        await untilStopped(log) { try await application.run() }
    }

    /// The signals can be listened to once only, so whatever the program does one after the other is in one body.
    static func untilStopped(_ log: Log, _ body: @escaping @Sendable () async throws -> Void) async -> ExitCode {
        await withTaskGroup(of: ExitCode?.self) { group in
            group.addTask {
                do {
                    try await body()
                    return nil
                } catch is CancellationError {
                    return nil
                } catch {
                    log.error("\(error)")
                    return code(for: error)
                }
            }
            group.addTask {
                let signals = Signals.stream { signal in
                    log.warning("stopping at once, without putting away what runs", ["signal": "\(signal)"])
                    Program.exit(ExitCode.failed.rawValue)
                }
                for await signal in signals {
                    log.info("stopping", ["signal": "\(signal)"])
                    return .ok
                }
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            // Until the program has put everything away.
            for await _ in group {}
            log.info("stopped")
            return first ?? .ok
        }
    }

    static func code(for error: any Error) -> ExitCode {
        switch error {
        case GatewayStop.tokenRefused, GatewayStop.intentsRefused: .refused
        case SocketError.portTaken: .unavailable
        case is GatewayStop: .refused
        case StorageError.folderTaken: .unavailable
        case is StorageError, is FileError: .failed
        default: .failed
        }
    }
}
