// The same bodies put to whatever reads episodes: the personal door's readers, the sieve of forms, and lists brought back.

internal import Domain
internal import FoundationEssentials
internal import Runtime
internal import Sockets
internal import Tracker
internal import Web

enum EpisodeMill {
    private static let arrival = Instant(seconds: 1_767_268_800)

    /// Whatever is wrong with what they believed.
    static func faults(_ body: [UInt8]) -> [String] {
        let hook = PersonalDoor.hear(body, arrival: arrival)
        var faults = hook.play.map { Self.faults(of: $0) } ?? []
        if case .event(let play) = hook.reading {
            let again = PersonalDoor.hear(body, arrival: arrival)
            if again.play != play || again.key(arrival: arrival) != hook.key(arrival: arrival) {
                faults.append("said otherwise when asked again")
            }
            if hook.key(arrival: arrival) == nil { faults.append("a play without a key") }
        }
        if hook.event.count > 60 { faults.append("an event without end") }
        if let list = try? SeenImport(body, now: arrival) {
            faults += list.plays.prefix(20).flatMap { Self.faults(of: $0) }
        }
        return faults + sifting(body)
    }

    private static func faults(of play: EpisodePlay) -> [String] {
        var faults: [String] = []
        if play.at > arrival + .minutes(5) { faults.append("an end in the future") }
        if play.showTitle.count > 300 || play.title.count > 300 { faults.append("a title without end") }
        if play.guids.count > 20 || (play.guids + play.showGuids).contains(where: { $0.count > 400 }) {
            faults.append("guids without end")
        }
        if (play.season ?? 0) < 0 || (play.number ?? 0) < 0 { faults.append("an episode before the first") }
        if let runtime = play.runtime, runtime <= .zero { faults.append("an episode of no length") }
        guard let bytes = try? JSONEncoder().encode(play),
            (try? JSONDecoder().decode(EpisodePlay.self, from: bytes)) == play
        else { return faults + ["cannot be kept"] }
        return faults
    }

    /// As a part of a form the body comes out as it went in, in pieces of whatever size; as a form itself it is none.
    private static func sifting(_ body: [UInt8]) -> [String] {
        let type = "multipart/form-data; boundary=mill-7"
        let head = "Content-Disposition: form-data; name="
        let form =
            Array("--mill-7\r\n\(head)\"thumb\"\r\n\r\n".utf8) + body
            + Array("\r\n--mill-7\r\n\(head)\"payload\"\r\n\r\n".utf8) + body + Array("\r\n--mill-7--\r\n".utf8)
        var faults: [String] = []
        for whole in [form, body] {
            guard var sieve = MultipartSieve(contentType: type, keeping: ["payload"], most: 1 << 20) else {
                return ["no sieve"]
            }
            let size = 1 + body.count % 97
            for start in stride(from: 0, to: whole.count, by: size) {
                sieve.feed(Array(whole[start..<min(start + size, whole.count)]))
            }
            let parts = try? sieve.end()
            if whole == form, parts?.map(\.bytes) != [body] { faults.append("sifted into something else") }
        }
        return faults
    }
}
