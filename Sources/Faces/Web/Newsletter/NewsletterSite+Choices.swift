// Leaving and preferring. A GET changes nothing: scanners of mail follow every link. A POST to the unsubscribe address does
// it at once, for that is what a mail program's own button sends (RFC 8058).

internal import Domain
internal import Newsletter
internal import Runtime
internal import Sockets

extension NewsletterSite {
    func askWhetherToLeave(_ request: ServerRequest, _ bearer: Bearer) async throws -> ServerResponse {
        if try await consent.choice(of: bearer.person)?.wish == .unsubscribed { return left(bearer) }
        return try SitePages.form(
            "Leave the newsletter?",
            "You will get no more letters about \(await serverName()). You keep your access to the server.",
            button: "Unsubscribe", others: [("Choose what is in it instead", address(.preferences, bearer))])
    }

    func leave(_ request: ServerRequest, _ bearer: Bearer) async throws -> ServerResponse {
        try await consent.unsubscribe(
            bearer.person, known: try await person(bearer.person), way: .link, by: actor(bearer))
        return left(bearer)
    }

    private func left(_ bearer: Bearer) -> ServerResponse {
        SitePages.note(
            "You have left the newsletter", "Nothing more is sent to you.",
            others: [("A mistake? Come back here", address(.preferences, bearer))])
    }

    func preferences(_ request: ServerRequest, _ bearer: Bearer) async throws -> ServerResponse {
        guard let person = try await person(bearer.person) else { return gone }
        return try await preferences(of: person, saved: nil)
    }

    func savePreferences(_ request: ServerRequest, _ bearer: Bearer) async throws -> ServerResponse {
        guard let person = try await person(bearer.person) else { return gone }
        let fields = request.formFields
        func has(_ name: String) -> Bool { fields.contains { $0.name == name } }
        // A form that was cut on its way must not read as everything switched off.
        guard has("whole") else {
            return SitePages.note("That did not arrive whole", "Nothing was changed. Please try again.", status: 400)
        }
        let wanted = Set(fields.filter { $0.name == "section" }.compactMap { NewsletterSection(rawValue: $0.value) })
        try await consent.prefer(
            without: Set(NewsletterSection.allCases).subtracting(wanted), isNamed: has("named"), of: person.id)
        var words = "Saved."
        if has("letters") {
            if case .suppressed(let why) = try await consent.subscribe(person, way: .link, by: actor(bearer)) {
                words = "Saved. Still no letters come: \(why.sentence)"
            }
        } else {
            try await consent.unsubscribe(person.id, known: person, way: .link, by: actor(bearer))
        }
        return try await preferences(of: person, saved: words)
    }

    private func preferences(of person: Person, saved: String?) async throws -> ServerResponse {
        let choice = try await consent.choice(of: person.id)
        let gets = if case .sends = try await consent.standing(of: person) { true } else { false }
        return try NewsletterPages.preferences(
            NewsletterPages.Preferences(
                serverName: await serverName(), name: person.name, saved: saved, getsLetters: gets,
                isNamed: choice?.isNamed ?? true,
                sections: NewsletterSection.allCases.map { section in
                    (section.rawValue, section.title, choice?.without.contains(section) != true)
                }))
    }

    private var gone: ServerResponse {
        SitePages.note("You are not on this server any more", "So there is nothing to choose, and nothing is sent.")
    }

    func address(_ purpose: NewsletterLinks.Purpose, _ bearer: Bearer, issue: Int = 0) -> String {
        let expires = bearer.expires ?? clock.now + .days(90)
        return base + links.path(purpose, for: Bearer(person: bearer.person, issue: issue, expires: expires))
    }
}
