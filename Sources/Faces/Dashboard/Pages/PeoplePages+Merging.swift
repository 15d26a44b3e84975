// Somebody of Plex and somebody of Jellyfin as one person, by an admin's word: what one may guess from names, whom somebody
// can be merged with, and the way back.

internal import Domain
internal import People
internal import Runtime

extension PeoplePages {
    // MARK: What is shown

    /// A name proves nothing: these are to be looked at by somebody who knows.
    static func hints(_ everybody: [Person]) -> [Block] {
        let pairs = JellyfinRules.namesakes(among: everybody)
        if pairs.isEmpty { return [] }
        return [
            .table(
                Block.Table(
                    "Perhaps the same", [.init("On Jellyfin"), .init("On Plex")],
                    rows: pairs.map { pair in
                        .init(
                            [
                                .init("\(strong: pair.jellyfin)", path: "people/\(pair.alone)"),
                                .init("\(strong: pair.plex)", path: "people/\(pair.person)"),
                            ],
                            forms: [
                                Block.Form(
                                    "people/merge",
                                    [
                                        .hidden(name: "jellyfin", value: "\(pair.alone)"),
                                        .hidden(name: "plex", value: "\(pair.person)"),
                                    ], buttons: [.init("Merge")])
                            ])
                    }, empty: ""))
        ]
    }

    /// Whom they can be merged with, or how to part what is one.
    func oneness(_ person: Person) async throws -> [Block] {
        if try await people.join(of: person.id) != nil {
            return [
                .heading("Plex and Jellyfin", id: "both"),
                .form(
                    Block.Form(
                        "people/part", [.hidden(name: "person", value: "\(person.id)")],
                        buttons: [.init("Part Plex and Jellyfin", weight: .danger)])),
            ]
        }
        let isOfPlex = person.plexID != nil
        // Plex and Jellyfin both, without a row that says how: there is nothing to merge and nothing to part.
        if isOfPlex, person.jellyfinID != nil { return [] }
        let others = try await people.all().filter { other in
            isOfPlex ? other.plexID == nil && other.jellyfinID != nil : other.plexID != nil && other.jellyfinID == nil
        }
        if others.isEmpty { return [] }
        let likely = Set(
            JellyfinRules.namesakes(among: others + [person]).flatMap { [$0.alone, $0.person] })
        let name = { (other: Person) in isOfPlex ? other.jellyfinName : other.name }
        let sorted = others.sorted { a, b in
            let (first, second) = (likely.contains(a.id), likely.contains(b.id))
            return first == second ? Likeness.folded(name(a)) < Likeness.folded(name(b)) : first
        }
        return [
            .heading("Plex and Jellyfin", id: "both"),
            .form(
                Block.Form(
                    "people/merge",
                    [
                        .hidden(name: isOfPlex ? "plex" : "jellyfin", value: "\(person.id)"),
                        .choice(
                            name: isOfPlex ? "jellyfin" : "plex",
                            label: isOfPlex ? "The same as, on Jellyfin" : "The same as, on Plex",
                            of: [.init("", "nobody")] + sorted.map { .init("\($0.id)", name($0)) },
                            value: sorted.first.map { likely.contains($0.id) ? "\($0.id)" : "" } ?? ""),
                    ], buttons: [.init("Merge with them")])),
        ]
    }

    // MARK: What is done

    var merge: Deed {
        Deed(
            "people/merge",
            question: { visit in
                let (alone, person) = try await pair(visit)
                var words: Prose =
                    "Are \(strong: alone.jellyfinName) on Jellyfin and \(strong: person.name) on Plex one person? "
                let linked = try await people.discordIDs(of: alone.id)
                if !linked.isEmpty {
                    let users = linked.map { "\(code: "\($0)")" as Prose }.joined(by: ", ")
                    words +=
                        "Discord user \(users), linked to the Jellyfin account, is \(strong: person.name) from then on, sees what is theirs, "
                        + "and gets no use of a Plex token. "
                }
                return words + "Parting them brings everything back."
            },
            perform: { visit in
                let (alone, person) = try await pair(visit)
                switch try await people.merge(alone.id, into: person.id, by: visit.visitor.actor) {
                case .refused(let refusal): throw Refusal(refusal.description)
                case .merged(let merged):
                    return Deed.Answer(
                        "\(strong: merged.jellyfinName) on Jellyfin is \(strong: merged.name) on Plex from now on.",
                        path: "people/\(merged.id)")
                }
            })
    }

    var part: Deed {
        Deed(
            "people/part",
            question: { visit in
                let person = try await person(visit.fields["person"])
                guard let join = try await people.join(of: person.id) else {
                    throw Refusal("They are not one person any more.")
                }
                var words: Prose =
                    "Are \(strong: person.jellyfinName) on Jellyfin and \(strong: person.name) on Plex two people? "
                var back: [UInt64] = []
                for user in try await people.discordIDs(of: person.id)
                where try await people.link(of: user)?.alone == join.alone { back.append(user) }
                if !back.isEmpty {
                    let users = back.map { "\(code: "\($0)")" as Prose }.joined(by: ", ")
                    words += "Discord user \(users) goes back to the Jellyfin account."
                }
                return words
            },
            perform: { visit in
                let person = try await person(visit.fields["person"])
                guard let alone = try await people.part(person.id, by: visit.visitor.actor) else {
                    throw Refusal("They are not one person any more.")
                }
                return Deed.Answer(
                    "\(strong: alone.name) on Jellyfin is not \(strong: person.name) on Plex any more.",
                    path: "people/\(person.id)")
            })
    }

    /// Both, or the sentence that says why they cannot be made one.
    private func pair(_ visit: Visit) async throws -> (alone: Person, person: Person) {
        guard let jellyfin = visit.fields["jellyfin"].flatMap({ Int64($0) }),
            let plex = visit.fields["plex"].flatMap({ Int64($0) })
        else { throw Refusal("With whom? Choose a name first.") }
        if let refusal = try await people.obstacle(merging: jellyfin, into: plex) {
            throw Refusal(refusal.description)
        }
        return (try await person("\(jellyfin)"), try await person("\(plex)"))
    }
}
