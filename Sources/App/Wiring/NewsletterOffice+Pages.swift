// What the newsletter's pages show.

internal import Bot
internal import Commands
internal import Domain
internal import Letters
internal import Mail
internal import Newsletter
internal import People
internal import Pictures
internal import Runtime
internal import Storage
internal import Web

extension NewsletterOffice {
    func page(
        _ person: Int64, _ number: Int, _ address: @escaping @Sendable (String) -> String
    ) async throws -> NewsletterSite.Issue? {
        guard let whole = try await archive.issue(number),
            let personal = try await archive.personal(number, of: person), let reader = try await people.person(person)
        else { return nil }
        let issue = whole.shown(to: personal)
        let press = try await press()
        let without = try await consent.choice(of: person)?.without ?? []
        // A page goes nowhere, so a person without an address has one too.
        let mailbox = Mailbox(reader.name, (try? MailAddress(reader.email)) ?? press.settings.from.address)
        let page = try await press.page(
            for: Recipient(
                id: person, mailbox, without: without,
                links: letterLinks(person, issue: number)),
            issue: issue, personal: personal, pictures: await pictures(of: issue, press),
            extras: await extras(whole, for: personal), address: address)
        return NewsletterSite.Issue(
            html: page.html,
            pictures: page.pictures.map { .init(name: $0.name, type: $0.kind.mediaType, bytes: $0.bytes) })
    }

    nonisolated var site: NewsletterSite {
        NewsletterSite(
            links: links, base: base, consent: consent, archive: archive, serverName: { await self.knownName() },
            person: { [people] in try await people.person($0) },
            printer: { try await self.page($0, $1, $2) },
            looking: NewsletterSite.Looking(
                mark: { [templatesFolder] in LetterTemplates.mark(folder: templatesFolder) },
                proof: { try await self.look($0, $1, $2) }), clock: database.clock, log: log)
    }

    /// Exactly what `newsletter preview` shows, sends and attaches.
    func proof(for person: Person, _ which: NewsletterPreview.Which) async throws -> (IssueFacts, LetterProof) {
        let (issue, personal) = try await facts(for: person.id, which)
        return (issue.shown(to: personal), try await proof(order(person, issue), issue, personal))
    }

    private func order(_ person: Person, _ issue: IssueFacts) async throws -> LetterOrder {
        let without = try await consent.choice(of: person.id)?.without ?? []
        let address = try (try? MailAddress(person.email)) ?? MailAddress("nobody@localhost.invalid")
        return LetterOrder(issue: issue.number, person: person, address: address, without: without)
    }

    func templates(for person: Person) async throws -> NewsletterTemplatesLook {
        NewsletterTemplatesLook(
            folder: templatesFolder, files: LetterTemplates.names(folder: templatesFolder),
            notes: try await look(person.id, 0) { $0 }?.notes ?? [])
    }

    /// Issue 0: the last one there is, else what it would be.
    func look(
        _ person: Int64, _ number: Int, _ address: @escaping @Sendable (String) -> String
    ) async throws -> NewsletterSite.Proof? {
        guard let person = try await people.person(person) else { return nil }
        var which = NewsletterPreview.Which.issue(number)
        let latest = try await archive.latest()?.number
        if number == 0 { which = latest.map { .issue($0) } ?? .last }
        // Not made yet: as it would be.
        if number == (latest ?? 0) + 1 { which = .last }
        let (whole, personal) = try await facts(for: person.id, which)
        let order = try await order(person, whole)
        let proof = try await proof(order, whole, personal)
        let issue = whole.shown(to: personal)
        let press = try await press()
        let slips = await press.slips(
            for: Recipient(
                id: person.id, Mailbox(person.name, order.address), without: order.without,
                links: letterLinks(person.id, issue: issue.number)), issue: issue, personal: personal,
            pictures: await pictures(of: issue, press), extras: await extras(whole, for: personal))
        let notes = proof.notes.map(\.description)
        let (html, pictures) = (sizeInWords(Int64(proof.htmlBytes)), sizeInWords(Int64(proof.pictureBytes)))
        return NewsletterSite.Proof(
            title: "Issue \(issue.number) for \(person.name)", subject: proof.letter.subject,
            size: "HTML \(html) · \(proof.letter.pictures.count) pictures, \(pictures)",
            notes: notes + slips.map(\.description).filter { !notes.contains($0) },
            letter: NewsletterSite.Issue(
                html: proof.html(address: address),
                pictures: proof.letter.pictures.map { .init(name: $0.filename, type: $0.type, bytes: $0.bytes) }),
            text: proof.letter.text)
    }
}
