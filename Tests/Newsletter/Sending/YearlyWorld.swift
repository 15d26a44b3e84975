// A year's life around the newsletter: people who come, go, leave and come back, and a mail server with bad days. It knows
// by itself who had said no, and notes every letter that should not have come.

import Domain
import FoundationEssentials
import Mail
import Runtime
import Synchronization

@testable import Newsletter

/// The same throws for the same seed.
struct Dice: Sendable {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func roll(_ sides: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((z ^ (z >> 31)) % UInt64(sides))
    }
    mutating func happens(_ percent: Int) -> Bool { roll(100) < percent }
}

final class YearlyWorld: Sendable {
    struct Dead: Error {}

    struct State: Sendable {
        var dice: Dice
        /// "reader3@home.example" and "account 1003" of those who said no.
        var no: Set<String> = []
        var hasWrongPassword = false
        var isDown = false
        /// Mailboxes that are no more, and those of them that said so.
        var gone: Set<String> = []
        var knownGone: Set<String> = []
        var greyKnown: Set<String> = []
        var sternTries: [String: Int] = [:]
        /// The file a kill left; until somebody starts again nothing works.
        var killed: String?
        var files = 0
        var count = (kills: 0, uncertain: 0, hangs: 0, greylisted: 0, refused: 0, dropped: 0, tooMany: 0)
        var offences: [String] = []
    }

    let household = Mutex<Readership?>(nil)
    let state: Mutex<State>
    /// The file of the living process.
    let file = Mutex("")
    let isQuietLife = Mutex(true)

    init(seed: UInt64) { state = Mutex(State(dice: Dice(seed))) }

    func now<Value>(_ read: (inout State) -> sending Value) -> sending Value { state.withLock { read(&$0) } }

    // MARK: The end of a process

    /// While people are asked for and letters made.
    func moment() throws {
        if state.withLock({ $0.killed != nil }) { throw Dead() }
        if state.withLock({ $0.dice.roll(400) == 0 }), !isQuietLife.withLock({ $0 }) {
            try kill()
            throw Dead()
        }
    }

    private func kill() throws {
        let path = file.withLock { $0 }
        let other = state.withLock { state in
            state.files += 1
            state.count.kills += 1
            return "\(path.prefix { $0 != "~" })~\(state.files)"
        }
        try PostOffice.copy(path, to: other)
        state.withLock { $0.killed = String(other.split(separator: "/").last ?? "") }
    }

    /// The name of the file to go on with.
    func rise() -> String? {
        state.withLock { state in
            defer { state.killed = nil }
            return state.killed
        }
    }

    // MARK: The mail server

    func answer(_ letter: PrintedLetter, taking take: (PrintedLetter) -> Void) throws -> MailRoom.Answer {
        let address = letter.to.description
        if letter.messageID.contains("test") { return .takes }
        if state.withLock({ $0.hasWrongPassword }) {
            return .refuses(.badCredentials(reply(535, "5.7.8", "bad login")))
        }
        if state.withLock({ $0.isDown }) { return .refuses(.unreachable("connection refused")) }
        judge(address, letter.messageID)
        return try state.withLock { state -> MailRoom.Answer in
            if state.gone.contains(address) {
                state.knownGone.insert(address)
                state.count.refused += 1
                return .refuses(.permanentRecipient(reply(550, "5.1.1", "no such user")))
            }
            if address.hasSuffix("@stern.example") {
                state.sternTries[address, default: 0] += 1
                state.count.refused += 1
                return .refuses(.permanentRecipient(reply(550, "5.7.1", "not from you")))
            }
            if address.hasSuffix("@grey.example"), state.greyKnown.insert(letter.messageID).inserted {
                state.count.greylisted += 1
                return .refuses(.temporary(reply(451, "4.7.1", "greylisted"), isGreylisting: true))
            }
            return Self.mishap(&state)
        }.orKilled { isTaken in
            if isTaken { take(letter) }
            try kill()
            throw Dead()
        }
    }

    /// Most letters meet none.
    private static func mishap(_ state: inout State) -> MailRoom.Answer {
        switch state.dice.roll(200) {
        case 0, 1:
            state.count.hangs += 1
            return .refuses(.timedOut("no answer for two minutes"))
        case 2, 3:
            state.count.tooMany += 1
            return .refuses(.tooMany(MailReply(code: 421, status: "4.7.0", text: "slow down")))
        case 4, 5:
            state.count.dropped += 1
            return .refuses(.unreachable("the line was lost"))
        case 6: return .refuses(.temporary(MailReply(code: 452, text: "mailbox full"), isGreylisting: false))
        case 7:
            state.count.uncertain += 1
            return .takesAndIsSilent
        case 8:
            state.count.uncertain += 1
            return .losesAndIsSilent
        case 9: return .diesAfter
        case 10: return .diesBefore
        default: return .takes
        }
    }

    private func reply(_ code: Int, _ status: String, _ text: String) -> MailReply {
        MailReply(code: code, status: status, text: text)
    }

    /// Whether this letter should have come at all.
    private func judge(_ address: String, _ id: String) {
        let people = household.withLock { $0 }?.people ?? []
        let reader = people.first { $0.email == address }
        state.withLock { state in
            func offence(_ why: String) { state.offences.append("\(id) to \(address): \(why)") }
            if reader?.access != .member { offence("nobody who has access") }
            if state.no.contains(address) { offence("said no") }
            if let account = reader?.plexID, state.no.contains("account \(account)") { offence("said no before") }
            if state.knownGone.contains(address) { offence("the mailbox was known to be gone") }
            if state.sternTries[address, default: 0] >= 2 { offence("the mailbox had refused twice") }
        }
    }

    // MARK: What people do

    func saysNo(_ person: Person) {
        state.withLock { state in
            state.no.insert(person.email)
            state.no.insert("account \(person.plexID ?? 0)")
        }
    }

    func saysYes(_ person: Person) {
        state.withLock { state in
            state.no.remove(person.email)
            state.no.remove("account \(person.plexID ?? 0)")
        }
    }

    func hasSaidNo(_ person: Person) -> Bool {
        state.withLock { $0.no.contains(person.email) || $0.no.contains("account \(person.plexID ?? 0)") }
    }
}

extension MailRoom.Answer {
    fileprivate func orKilled(_ kill: (_ isTaken: Bool) throws -> Void) throws -> MailRoom.Answer {
        switch self {
        case .diesAfter: try kill(true)
        case .diesBefore: try kill(false)
        default: break
        }
        return self
    }
}
