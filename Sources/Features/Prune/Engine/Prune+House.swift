// Keeping house: what the daemon that was here before had done, and names that need not be kept for ever.

internal import FoundationEssentials
package import Domain
internal import Runtime
internal import Storage

extension Prune {
    /// Takes the names of those who left PRUNE_FORGET_DAYS ago out of our tables and the ledger; how many.
    @discardableResult
    package func anonymise() async throws -> Int {
        guard wishes.forgetDays > 0 else { return 0 }
        let before = clock.now - .days(Int64(wishes.forgetDays))
        return try await book.anonymise(goneBefore: before)
    }

    /// The state.json of such a daemon: "welcomed", "warned" and "removed" by plex.tv number. Nobody is welcomed or
    /// warned twice; no removal ever rests on what it says.
    package func importState(_ json: [UInt8], by actor: String) async throws -> Report {
        let old = try OldState(json)
        try await book.take(old, by: actor)
        return Report(
            "Taken over",
            lines: [
                "\(old.welcomed.count) welcomed, \(old.warned.count) warned, \(old.removed.count) removed by the daemon before.",
                "Nobody of them is welcomed again. Whoever was warned is warned by us once before anything happens.",
            ], tone: .good)
    }
}

/// As such daemons write it: a time may be a text, a number of seconds, or an object with the time in "when".
struct OldState: Sendable, Hashable {
    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    var welcomed: [Int: Instant] = [:]
    var warned: [Int: Instant] = [:]
    var removed: [Int: Instant] = [:]

    init(_ json: [UInt8]) throws {
        struct File: Decodable {
            var welcomed: [String: Moment]?
            var warned: [String: Moment]?
            var removed: [String: Moment]?
        }
        let file: File
        do { file = try JSONDecoder().decode(File.self, from: Data(json)) } catch {
            throw Unreadable(description: "This is no state.json with \"welcomed\", \"warned\" and \"removed\".")
        }
        welcomed = try Self.read(file.welcomed, "welcomed")
        warned = try Self.read(file.warned, "warned")
        removed = try Self.read(file.removed, "removed").filter { file.removed?["\($0.key)"]?.isDone ?? true }
    }

    private static func read(_ moments: [String: Moment]?, _ name: String) throws -> [Int: Instant] {
        var all: [Int: Instant] = [:]
        for (key, moment) in moments ?? [:] {
            guard let id = Int(key), id > 0 else {
                throw Unreadable(description: "\"\(name)\" has \"\(key)\", which is no number of plex.tv.")
            }
            all[id] = moment.at
        }
        return all
    }

    private struct Moment: Decodable {
        var at: Instant
        var isDone = true

        init(from decoder: any Decoder) throws {
            if let container = try? decoder.container(keyedBy: Key.self) {
                isDone = (try? container.decode(Bool.self, forKey: .ok)) ?? true
                at = try container.decode(Moment.self, forKey: .when).at
                return
            }
            let container = try decoder.singleValueContainer()
            if let seconds = try? container.decode(Double.self) {
                at = Instant(milliseconds: Int64(seconds * 1000))
                return
            }
            let text = try container.decode(String.self)
            guard let moment = LocalTime.instant(iso8601: text) ?? LocalTime.instant(iso8601: Self.mended(text)) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "no time")
            }
            at = moment
        }

        /// Python's isoformat: fractions, and often no zone.
        private static func mended(_ text: String) -> String {
            var text = text.replacing(" ", with: "T")
            if let dot = text.firstIndex(of: ".") {
                let end = text[dot...].dropFirst().firstIndex { !$0.isNumber } ?? text.endIndex
                text.removeSubrange(dot..<end)
            }
            let hasZone = text.hasSuffix("Z") || text.dropFirst(10).contains { $0 == "+" || $0 == "-" }
            return hasZone ? text : text + "Z"
        }

        private enum Key: String, CodingKey {
            case when, ok
        }
    }
}
