// `autoplex check`: one line for each thing that has to be right: ok, or what is wrong and what to do. It leaves nothing
// behind but CONFIG_DIR and the lock in it.

internal import Discord
internal import HTTP
internal import Runtime
internal import Sockets
internal import Storage

enum Check {
    struct Line: Equatable, Sendable {
        enum State: String, Sendable { case ok, warning, wrong, off }
        let state: State
        let name: String
        let text: String
    }

    static func perform(_ settings: Configuration) async -> ExitCode {
        do {
            let http = try HTTPClient(userAgent: Version.userAgent)
            let log = Log(secrets: settings.secrets, write: { _ in })
            let lines = await lines(settings, http: http, clock: SystemClock())
            await http.stop()
            let width = lines.map(\.name.count).max() ?? 0
            for line in lines {
                let mark = ["ok": "✓", "warning": "!", "wrong": "✗", "off": "–"][line.state.rawValue] ?? ""
                let space = String(repeating: " ", count: width - line.name.count)
                print(log.masked("\(mark) \(line.name)\(space)  \(line.text)"))
            }
            return lines.contains { $0.state == .wrong } ? .failed : .ok
        } catch {
            Program.complain("\(error)")
            return .failed
        }
    }

    /// - Parameter service: only this one; nil: everything.
    static func lines(
        _ settings: Configuration, http: HTTPClient, clock: any Clock, only service: String? = nil
    ) async -> [Line] {
        if let service {
            let isKnown = Service.names(for: settings).contains(service)
            return isKnown ? await services(settings, http: http, only: service) : []
        }
        var lines = settings.warnings.map { Line(state: .warning, name: $0.variable, text: $0.why) }
        lines.append(folder(settings))
        lines.append(await port(settings))
        lines += await discord(settings, http: http, clock: clock)
        return lines + (await services(settings, http: http))
    }

    private static func services(
        _ settings: Configuration, http: HTTPClient, only service: String? = nil
    ) async -> [Line] {
        let findings = await Service.look(at: settings, http: http, only: service)
        return Service.names(for: settings).filter { service == nil || $0 == service }.map { name in
            guard let finding = findings.first(where: { $0.name == name })?.finding else {
                return Line(state: .off, name: name, text: "not configured")
            }
            return Line(state: finding.isFine ? .ok : .wrong, name: name, text: finding.text)
        }
    }

    private static func folder(_ settings: Configuration) -> Line {
        let name = "CONFIG_DIR"
        do {
            try Files.makeFolder(settings.folder)
            let trial = "\(settings.folder)/.check"
            try Files.write([], to: trial)
            try Files.remove(trial)
            let free = try Files.freeSpace(at: settings.folder)
            guard free > 200 << 20 else {
                return Line(state: .warning, name: name, text: "\(settings.folder): only \(free >> 20) MiB free")
            }
            return Line(state: .ok, name: name, text: settings.folder)
        } catch {
            return Line(state: .wrong, name: name, text: "\(error)")
        }
    }

    private static func port(_ settings: Configuration) async -> Line {
        let name = "HTTP_PORT"
        // A running Autoplex has its port rightly: then the folder's lock is taken too.
        if (try? FileLock.take(folder: settings.folder)) == nil {
            return Line(state: .ok, name: name, text: "\(settings.port), in use by the running Autoplex")
        }
        do {
            let loop = try EventLoop(name: "check", log: .silent)
            do throws(SocketError) {
                let server = try await HTTPServer.start(
                    on: loop, host: settings.host, port: settings.port, routes: [], log: .silent)
                await server.stop()
                await loop.stop()
                return Line(state: .ok, name: name, text: "\(settings.port) is free")
            } catch {
                await loop.stop()
                throw error
            }
        } catch {
            return Line(state: .wrong, name: name, text: "\(error)")
        }
    }

    static func discord(_ settings: Configuration, http: HTTPClient, clock: any Clock) async -> [Line] {
        guard let token = settings.token else {
            return [Line(state: .wrong, name: "Discord", text: "DISCORD_TOKEN is not set: see the README, Install")]
        }
        let rest = DiscordREST(
            api: settings.discordURL, token: token, http: http, clock: clock, log: .silent, version: Version.number,
            home: Version.home)
        do {
            let user = try await rest.currentUser()
            let application = try await rest.application()
            let info = try await rest.gatewayBot()
            var lines = [Line(state: .ok, name: "Discord", text: "the bot is \(user.name)")]
            if settings.wantsMessageContent {
                lines.append(
                    application.mayReadContent
                        ? Line(state: .ok, name: "Message Content", text: "typed \(settings.prefix) commands work")
                        : Line(
                            state: .warning, name: "Message Content",
                            text: "off: only mention and slash work. Developer Portal → Bot → Message Content Intent"))
            }
            if info.session.remaining < 50 {
                lines.append(
                    Line(
                        state: .warning, name: "Discord logins",
                        text: "only \(info.session.remaining) of \(info.session.total) are left today"))
            }
            if let channel = settings.adminChannel {
                let found = try await rest.channel(Snowflake(channel))
                lines.append(Line(state: .ok, name: "Admin channel", text: "#\(found.name)"))
            } else {
                lines.append(
                    Line(
                        state: .warning, name: "Admin channel",
                        text: "DISCORD_ADMIN_CHANNEL is not set: notices go to the log"))
            }
            return lines
        } catch {
            return [Line(state: .wrong, name: "Discord", text: "\(error)")]
        }
    }
}
