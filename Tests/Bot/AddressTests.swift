// Which messages are meant for the bot.

import Testing

@testable import Bot

@Suite struct AddressTests {
    let address = Address(prefix: "!plex", ownID: 42)

    @Test(arguments: [
        ("!plex status", "status"), ("!PLEX Status", "Status"), ("  !plex   jobs list ", "jobs list"), ("!plex", ""),
        ("!plex\nstatus", "status"),
    ])
    func `the prefix calls`(content: String, line: String) {
        #expect(address.read(content, isDirect: false) == .init(line: line, source: .text))
    }

    @Test(arguments: [
        ("<@42> status", "status"), ("<@!42> status", "status"), ("<@42>, status", "status"), ("<@42>", ""),
        ("<@42>: help jobs", "help jobs"), ("<@42> !plex status", "status"), ("<@42>status", "status"),
    ])
    func `a mention in either form calls`(content: String, line: String) {
        #expect(address.read(content, isDirect: false) == .init(line: line, source: .mention))
    }

    @Test(arguments: ["", "hello", "!plexiglass is nice", "I use !plex", "<@43> status", "ask <@42>", "!ple", "<@42"])
    func `everything else is talk between people`(content: String) {
        #expect(address.read(content, isDirect: false) == nil)
    }

    @Test func `a direct message needs no prefix`() {
        #expect(address.read("status", isDirect: true) == .init(line: "status", source: .text))
        #expect(address.read("!plex status", isDirect: true) == .init(line: "status", source: .text))
        #expect(address.read("", isDirect: true) == nil)
    }

    @Test func `a prefix of signs may touch its command`() {
        #expect(Address(prefix: "!").read("!status", isDirect: false) == .init(line: "status", source: .text))
    }

    @Test func `before READY nobody is mentioned`() {
        #expect(Address(prefix: "!plex").read("<@42> status", isDirect: false) == nil)
    }
}
