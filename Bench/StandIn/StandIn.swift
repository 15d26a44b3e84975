// The stand-ins as a program: for benchmarks, for discord.py (`make conformance`), and for looking at the chat
// page with a bot of one's own. It prints one line of JSON with its addresses and runs until SIGINT or SIGTERM.

import Runtime
import Sockets
import StandIns

@main struct StandIn {
    static func main() async throws {
        Signals.catchStops()
        let options: Options
        do {
            options = try Options(Array(CommandLine.arguments.dropFirst()))
        } catch {
            StandardOutput.writeLine("\(error)\n\(Options.usage)")
            Program.exit(64)
        }
        let loop = try EventLoop(name: "standin", log: .silent)
        var rules = DiscordRules.standard
        if options.isQuick { rules.identifySpacing = .zero }
        let standIn = try await DiscordStandIn.start(
            loop: loop, clock: SystemClock(), port: options.port,
            world: options.guilds > 1
                ? .crowded(guilds: options.guilds, channels: options.channels) : .small, rules: rules)
        if options.isUnlimited { await standIn.changeLimits { $0.isOn = false } }
        typealias H = DiscordWorld.Household
        let others = try await OtherServices.start(options, loop: loop)
        var line: JSON = [
            "api": .string(standIn.apiURL), "gateway": .string("ws://127.0.0.1:\(standIn.port)/"),
            "token": .string(standIn.token), "chat": .string("http://127.0.0.1:\(standIn.port)/chat/"),
            "control": .string("http://127.0.0.1:\(standIn.port)/chat/api"),
            "server": .id(H.server),
            "channels": ["media": .id(H.media), "admin": .id(H.admin), "off-topic": .id(H.offTopic)],
            "people": ["robin": .id(H.robin), "ann": .id(H.ann), "bo": .id(H.bo), "chris": .id(H.chris)],
        ]
        line["webhook"] = .string(await standIn.makeWebhook(named: "Notices", in: H.admin))
        for (name, address) in others.addresses { line[name] = address }
        // Whoever started us reads this line through a pipe and waits for it.
        StandardOutput.writeLine(line.description)
        for await _ in Signals.stream() { break }
        await others.stop()
        await standIn.stop()
        await loop.stop()
    }
}
