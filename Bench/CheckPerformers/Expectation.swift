// What a saved answer should give, and how what it gives differs.

internal import FoundationEssentials
internal import Music

struct Expectation: Decodable {
    struct Person: Decodable {
        /// MusicBrainz's ids are text, Discogs' numbers.
        struct ID: Decodable {
            let text: String

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                text = try (try? container.decode(Int.self)).map(String.init) ?? container.decode(String.self)
            }
        }

        var id: ID?
        var name: String?
        var roles: [String]?
        var tracks: Int?
        var release_level: Bool?
        var guest: Bool?
        var credited_as: [String]?
    }

    var line: String?
    var performers: [Person]?

    func differences(from credits: AlbumCredits) -> [String] {
        var found: [String] = []
        let whole = credits.line(.everybody)
        if let line, line != whole, line != credits.line() {
            found.append("line: expected \"\(line)\", got \"\(whole)\"")
        }
        guard let performers else { return found }
        let got = credits.performers
        if performers.count != got.count {
            found.append("expected \(performers.count) performers, got \(got.count): \(got.map(\.name))")
        }
        for (person, performer) in zip(performers, got) {
            found += person.differences(from: performer).map { "\(performer.name): \($0)" }
        }
        return found
    }
}

extension Expectation.Person {
    fileprivate func differences(from got: Performer) -> [String] {
        func compare<Value: Equatable>(_ what: String, _ expected: Value?, _ got: Value) -> String? {
            guard let expected, expected != got else { return nil }
            return "\(what): expected \(expected), got \(got)"
        }
        return [
            compare("id", id?.text, got.id), compare("name", name, got.name), compare("roles", roles, got.roles),
            compare("tracks", tracks, got.tracks), compare("release_level", release_level, got.isForWholeRelease),
            compare("guest", guest, got.isGuest), compare("credited_as", credited_as, got.creditedAs),
        ].compactMap { $0 }
    }
}
