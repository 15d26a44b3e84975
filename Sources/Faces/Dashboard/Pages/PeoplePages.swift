// Everybody on the server: which accounts are theirs, who they are on Discord and how that was proved. An admin may vouch
// for a link here, take one away, and say that two accounts are one person's (PeoplePages+Merging.swift).

package import Domain
package import People
internal import Runtime

package struct PeoplePages: Sendable {
    package var people: People
    /// What every feature knows about one person, for their page.
    package var about: @Sendable (Person) async throws -> [Block]

    package init(people: People, about: @escaping @Sendable (Person) async throws -> [Block]) {
        self.people = people
        self.about = about
    }

    package var pages: [Page] {
        [
            Page("people", in: .people, title: "People") { try await list($0) },
            Page("people/{person}", in: .people, title: "A person", every: .seconds(30)) { try await one($0) },
        ]
    }

    package var deeds: [Deed] {
        [
            Deed("people/link") { visit in
                let person = try await person(visit.fields["person"])
                guard let discord = visit.fields["discord"].flatMap({ UInt64($0) }), discord > 0 else {
                    throw Refusal("A Discord user is given by number: right-click on the name, then Copy User ID.")
                }
                if let now = try await people.person(discord: discord), now.id != person.id {
                    throw Refusal("Discord user \(discord) is linked to \(now.name): unlink that first.")
                }
                let proof = PeopleLink.Proof.vouched(by: visit.visitor.actor)
                if person.plexID != nil {
                    try await people.link(discord, to: person, proof: proof)
                } else {
                    guard let id = person.jellyfinID else { throw Refusal("This person has no account.") }
                    let account = JellyfinAccount(
                        id: id, name: person.jellyfinName, access: person.jellyfinAccess)
                    guard case .linked = try await people.link(discord, toJellyfin: account, proof: proof) else {
                        throw Refusal("Somebody else proved that account to be theirs: unlink them first.")
                    }
                }
                return Deed.Answer("Discord user \(discord) is \(strong: person.name) from now on.")
            },
            Deed(
                "people/unlink",
                question: { visit in
                    let person = try await person(visit.fields["person"])
                    return "Forget that Discord user \(visit.fields["discord"] ?? "") is \(strong: person.name)?"
                },
                perform: { visit in
                    guard let discord = visit.fields["discord"].flatMap({ UInt64($0) }),
                        try await people.unlink(discord, by: visit.visitor.actor)
                    else { throw Refusal("There is no such link any more.") }
                    return Deed.Answer("The link is gone, and the token that came with it.")
                }),
            merge, part,
        ]
    }

    func person(_ number: String?) async throws -> Person {
        guard let id = number.flatMap({ Int64($0) }), let person = try await people.person(id) else {
            throw Refusal("Nobody is known by that number.")
        }
        return person
    }

    private func list(_ visit: Visit) async throws -> [Block] {
        let wanted = Likeness.folded(visit.query["name"] ?? "")
        let everybody = try await people.all()
        let shown = everybody.filter { person in
            wanted.isEmpty
                || [person.name, person.username, person.email, person.jellyfinName].contains {
                    Likeness.folded($0).contains(wanted)
                }
        }
        var rows: [Block.Table.Row] = []
        for person in shown.sorted(by: { Likeness.folded($0.name) < Likeness.folded($1.name) }) {
            let discord = try await people.discordIDs(of: person.id)
            rows.append(
                .init([
                    .init("\(strong: person.name)", path: "people/\(person.id)"),
                    .init("\(person.username)"), .init("\(person.jellyfinName)"),
                    .init("\(Self.access(person))"), .init(Self.numbers(discord)),
                    .init(person.joinedAt.map { "\(time: $0, .date)" } ?? ""),
                ]))
        }
        return [
            .form(
                Block.Form(
                    "people", asks: true,
                    [.text(name: "name", label: "Name", value: visit.query["name"] ?? "", hint: "a part of it")],
                    buttons: [.init("Search", weight: .main)]))
        ] + (wanted.isEmpty ? Self.hints(everybody) : []) + [
            .table(
                Block.Table(
                    "Everybody",
                    [
                        .init("Name"), .init("Plex"), .init("Jellyfin"), .init("Access"), .init("Discord"),
                        .init("Joined"),
                    ], rows: rows,
                    empty: everybody.isEmpty ? "Nobody is known yet: the job people looks." : "Nobody is called so."))
        ]
    }

    private func one(_ visit: Visit) async throws -> [Block]? {
        // By the number they had before they became one with somebody, too.
        guard let number = visit.parameters["person"].flatMap({ Int64($0) }),
            let person = try await people.person(number)
        else { return nil }
        let id = person.id
        let discord = try await people.discordIDs(of: id)
        var rows: [Block.Table.Row] = []
        for user in discord {
            let link = try await people.link(of: user)
            rows.append(
                .init(
                    [
                        .init("\(code: "\(user)")"), .init(link.map { Self.proof($0) } ?? ""),
                        .init(link.map { "\(time: $0.at, .date)" } ?? ""),
                    ],
                    forms: [
                        Block.Form(
                            "people/unlink",
                            [.hidden(name: "person", value: "\(id)"), .hidden(name: "discord", value: "\(user)")],
                            buttons: [.init("Unlink", weight: .danger)])
                    ]))
        }
        let hasToken = (try? await people.token(of: id)) != nil
        return [
            .report(Self.report(person, try await people.join(of: id), hasToken: hasToken)),
            .table(
                Block.Table(
                    "On Discord", [.init("User"), .init("How it was proved"), .init("Since")], rows: rows,
                    empty: "Not linked: they may say “link” to the bot, or you vouch for them here.")),
            .form(
                Block.Form(
                    "people/link",
                    [
                        .hidden(name: "person", value: "\(id)"),
                        .text(name: "discord", label: "Discord user’s number", hint: "180000000000000001"),
                    ], buttons: [.init("Vouch for it")])),
        ] + (try await oneness(person)) + (try await about(person))
    }

    private static func report(_ person: Person, _ join: PeopleJoin?, hasToken: Bool) -> Report {
        var fields = [Report.Field("Access", "\(access(person))", short: true)]
        if person.plexID != nil {
            fields.append(Report.Field("Plex", person.username.isEmpty ? "no name" : "\(person.username)", short: true))
        }
        if person.jellyfinID != nil { fields.append(Report.Field("Jellyfin", "\(person.jellyfinName)", short: true)) }
        if let join {
            fields.append(
                Report.Field("Both are theirs", "\(proof(join.proof)), \(time: join.at, .date)", short: true))
        }
        if !person.email.isEmpty { fields.append(Report.Field("Mail", "\(person.email)", short: true)) }
        if let joined = person.joinedAt { fields.append(Report.Field("Joined", "\(time: joined, .date)", short: true)) }
        fields.append(Report.Field("Known since", "\(time: person.firstSeen, .date)", short: true))
        fields.append(
            Report.Field("Plex token", hasToken ? "kept sealed" : "none", short: true))
        return Report("\(person.name)", fields: fields)
    }

    private static func access(_ person: Person) -> String {
        if person.isOwner { return "owns the server" }
        if person.isHome { return person.isManaged ? "managed, in the Plex Home" : "in the Plex Home" }
        return switch (person.plexID, person.access) {
        case (nil, _): "Jellyfin: \(person.jellyfinAccess.rawValue)"
        case (_, let access): access.rawValue
        }
    }

    private static func numbers(_ discord: [UInt64]) -> Prose {
        discord.isEmpty ? "not linked" : discord.map { "\(code: "\($0)")" as Prose }.joined(by: " ")
    }

    private static func proof(_ link: PeopleLink) -> Prose {
        link.alone == nil ? proof(link.proof) : "\(proof(link.proof)), and came along with that account"
    }

    static func proof(_ proof: PeopleLink.Proof) -> Prose {
        switch proof {
        case .signedIn: "signed in at plex.tv"
        case .quickConnect: "typed a code into Jellyfin"
        case .vouched(by: "dashboard"): "as somebody said on the dashboard"
        case .vouched(let by): "as \(by) says"
        }
    }
}
