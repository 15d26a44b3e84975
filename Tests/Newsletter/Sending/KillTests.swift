// A process that sends an issue over a real line is killed (SIGKILL) in mid-send, over and over; each time another takes
// over the same file. Where the server is in the talk, it holds still until the sender is dead.

import Domain
import FoundationEssentials
import Glibc
import Mail
import StandIns
import Storage
import Testing

@testable import Newsletter

@Suite(.timeLimit(.minutes(1))) struct `A sender killed in mid-send` {
    /// Where it ends, each at a reader of its own; between two of them there is one whose letter meets no trouble.
    enum Moment: String, Codable, CaseIterable {
        case hello, recipient, data, halfway, whole, taken
        // Not in the talk with the server: the process ends itself there.
        case composing, handedOver, answered

        var reader: Int { 2 * (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
        var address: String { "reader\(reader)@home.example" }
        static var readers: ClosedRange<Int64> { 1...Int64(2 * allCases.count) }

        /// What the server does there; it says nothing any more afterwards.
        var hold: (MailMoment, MailFault)? {
            switch self {
            case .hello: (.hello, .hang)
            case .recipient: (.recipient, .hang)
            case .data: (.data, .hang)
            case .halfway: (.letter, .hangAfter(100))
            case .whole: (.letter, .hang)
            case .taken: (.letter, .keptAnswer)
            case .composing, .handedOver, .answered: nil
            }
        }

        /// What is in the mailbox in the end; of half a letter it is the server's choice.
        var copies: ClosedRange<Int> {
            switch self {
            case .hello, .recipient, .data, .whole, .handedOver: 0...0
            case .halfway: 0...1
            case .taken, .composing, .answered: 1...1
            }
        }
        /// Only what was not handed over for certain is sent by the next.
        var state: NewsletterLetter.State { self == .composing ? .sent : .unclear }
    }

    @Test func `leaves everybody with one copy, or none and a reason`() async throws {
        var rules = MailRules.standard
        rules.needsLogin = false
        let server = try MailStandIn.start(encryption: .none, rules: rules)
        let outcome: Result<Void, any Error>
        do {
            try await PostOffice.open(Moment.readers.map { Readership.reader($0) }) { office in
                try await office.start()
                await office.database.close()
                for moment in Moment.allCases { try await kill(at: moment, office.folder, server) }
                try await Self.line(office.folder, server.port) { last in
                    let drive = try await last.driveOn()
                    #expect(drive.end == .finished && drive.attempts == 1)
                    try await check(last, server)
                }
            }
            outcome = .success(())
        } catch { outcome = .failure(error) }
        await server.stop()
        try outcome.get()
    }

    private func check(_ office: PostOffice, _ server: MailStandIn) async throws {
        let stops = Dictionary(uniqueKeysWithValues: Moment.allCases.map { (Int64($0.reader), $0) })
        for reader in Moment.readers {
            let letter = try await office.letter(1, reader)
            let copies = server.letters.entries.count { $0.to == ["reader\(reader)@home.example"] }
            let stop = stops[reader]
            let (state, wanted) = (stop?.state ?? .sent, stop?.copies ?? 1...1)
            let name = stop?.rawValue ?? "none"
            #expect(letter?.state == state && letter?.isUnderWay == false, "reader \(reader), killed at \(name)")
            #expect(wanted.contains(copies), "reader \(reader), killed at \(name)")
            if letter?.state == .unclear { #expect(letter?.words.contains("stopped") == true) }
        }
        let open = try await office.effects.interrupted()
        #expect(open.count == Moment.allCases.count { $0.state == .unclear })
    }

    /// Another process sends until it is dead.
    private func kill(at moment: Moment, _ folder: String, _ server: MailStandIn) async throws {
        if let (place, fault) = moment.hold {
            server.fail(place, with: fault, to: moment == .hello ? nil : moment.address)
        }
        async let killing: Void = Self.kill(whenHeldBy: server, from: server.requests.end, folder)
        await #expect(processExitsWith: .signal(SIGKILL), "\(moment)") {
            [folder = folder as String, port = server.port as Int, moment = moment as Moment] in
            _ = FileManager.default.createFile(atPath: "\(folder)/pid", contents: Data("\(getpid())".utf8))
            try await Self.line(folder, port, endingAt: moment) { _ = try await $0.driveOn() }
        }
        if moment.hold != nil { try await killing }
        server.endFaults()
    }

    private static func kill(whenHeldBy server: MailStandIn, from mark: Int, _ folder: String) async throws {
        _ = try await server.requests.first(from: mark) { $0.answer == "(hangs)" }
        let pid = FileManager.default.contents(atPath: "\(folder)/pid").map { String(decoding: $0, as: UTF8.self) }
        Glibc.kill(try #require(pid.flatMap { pid_t($0) }), SIGKILL)
    }

    /// The office of a process, with a line to the server.
    private static func line(
        _ folder: String, _ port: Int, endingAt moment: Moment? = nil, _ body: (PostOffice) async throws -> Void
    ) async throws {
        let clock = StridingClock()
        let office = try await PostOffice(
            folder: folder, file: "a.db", clock: clock,
            household: Readership(Moment.readers.map { Readership.reader($0) }),
            mail: MailRoom(clock), mode: .optOut, wishes: SendingWishes(), isDryRun: false, moment: {})
        let mailer = try Mailer(MailServer(host: "127.0.0.1", port: port, encryption: .none))
        @Sendable func passes(_ place: Moment, _ address: MailAddress) {
            if place == moment, address.description == place.address { Glibc.kill(getpid(), SIGKILL) }
        }
        let post = NewsletterPost(
            office.database, effects: office.effects, consent: office.consent, wishes: SendingWishes(),
            people: { office.household.people },
            compose: { order in
                passes(.composing, order.address)
                return try PostOffice.realLetter(order)
            },
            mail: NewsletterEffects(send: { letter in
                passes(.handedOver, letter.to)
                try await mailer.send(letter)
                passes(.answered, letter.to)
            }))
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(office.sending(by: post))) } catch { outcome = .failure(error) }
        await mailer.stop()
        await office.database.close()
        try outcome.get()
    }
}
