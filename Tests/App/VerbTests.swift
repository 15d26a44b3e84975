// The command line: what it takes, and which exit code says what.

import Discord
import Runtime
import Sockets
import Storage
import Testing

@testable import App

@Suite struct `The command line` {
    @Test(
        arguments: [
            ([], .usage), (["version"], .ok), (["--version"], .ok), (["help"], .ok), (["-h"], .ok),
            (["help", "settings"], .ok),
            (["help", "nonsense"], .usage), (["rnu"], .usage), (["run", "fast"], .usage), (["restore"], .usage),
            (["demo", "fast"], .usage), (["hook"], .usage), (["hook", "line"], .usage),
        ] as [([String], ExitCode)])
    func `knows its words`(arguments: [String], code: ExitCode) async {
        #expect(await Verb.perform(arguments) == code)
    }

    @Test func `tells by its exit code whether trying again may help`() {
        #expect(Run.code(for: GatewayStop.tokenRefused) == .refused)
        #expect(Run.code(for: GatewayStop.intentsRefused(["Message Content Intent"])) == .refused)
        #expect(Run.code(for: SocketError.portTaken(8642)) == .unavailable)
        #expect(Run.code(for: StorageError.folderTaken(folder: "/config", by: "process 1")) == .unavailable)
        #expect(Run.code(for: StorageError.diskFull(path: "/config")) == .failed)
    }

    @Test func `gives every verb a name of its own and a summary`() {
        #expect(Set(Verb.all.map(\.name)).count == Verb.all.count)
        #expect(Verb.all.allSatisfy { !$0.summary.isEmpty && $0.usage.hasPrefix($0.name) })
    }
}
