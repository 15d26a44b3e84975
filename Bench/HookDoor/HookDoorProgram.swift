// The door of hooks alone, with the inbox behind it and nothing that works it off: what `Bench/run hooks` measures, and
// what a test kills in the middle of a flood. The rooms are the program's own.

import Runtime
import Sockets
import Storage
import Web

@main struct HookDoorProgram {
    static func main() async throws {
        Signals.catchStops()
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count == 2, let port = Int(words[1]), 0...65_535 ~= port else {
            StandardOutput.writeLine("usage: hook-door DATABASE PORT (0: any); prints the port it listens on")
            Program.exit(64)
        }
        let clock = SystemClock()
        let database = try await Database.open(path: words[0], clock: clock)
        let inbox = Inbox(database)
        let door = HookDoor(
            secret: Secret("bench"),
            source: HookSource(accept: { key, payload in
                try await inbox.accept(source: "downloads", key: key, payload: payload) != .duplicate
            }), clock: clock, log: .silent)
        let loop = try EventLoop(name: "hooks", log: .silent)
        let server = try await HTTPServer.start(
            on: loop, port: port, routes: door.routes, headers: HookDoor.headers, limits: HookDoor.limits, log: .silent)
        StandardOutput.writeLine("{\"port\":\(server.port)}")
        for await _ in Signals.stream() { break }
        await server.stop()
        await loop.stop()
        await database.close()
    }
}
