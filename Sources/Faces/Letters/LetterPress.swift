// From frozen facts to a finished letter. Nothing is counted or decided here: the same facts, pictures and templates make
// the same letter, today and when it is made again next year.

package import Canvas
package import Mail
package import Newsletter
package import Runtime
internal import Templates

package struct LetterPress: Sendable {
    package let settings: LetterSettings
    package let templates: LetterTemplates
    let room: ArtRoom

    /// `poster` answers a path in Plex with the picture's bytes, or nil.
    package init(
        _ settings: LetterSettings, _ studio: Studio, _ templates: LetterTemplates, shelf: PosterShelf = .none,
        poster: @escaping @Sendable (_ path: String) async -> [UInt8]?
    ) {
        self.settings = settings
        self.templates = templates
        room = ArtRoom(studio: studio, desk: PosterDesk(poster, shelf: shelf, studio))
    }

    /// With other templates and the posters already made: for a preview while the owner writes.
    package func with(_ templates: LetterTemplates) -> LetterPress {
        LetterPress(settings, templates, room)
    }

    private init(_ settings: LetterSettings, _ templates: LetterTemplates, _ room: ArtRoom) {
        self.settings = settings
        self.templates = templates
        self.room = room
    }

    /// Once for an issue, before its letters.
    package func pictures(of issue: IssueFacts) async -> IssuePictures {
        await room.pictures(of: issue, Names(settings.names, of: issue))
    }

    package func letter(
        for person: Recipient, issue: IssueFacts, personal: PersonalFacts?, pictures: IssuePictures, date: Instant,
        extras: LetterExtras = .none
    ) async throws -> Letter {
        try await proof(
            for: person, issue: issue, personal: personal, pictures: pictures, date: date, extras: extras
        ).letter
    }

    /// The letter, with what was left out of it and which templates were not used.
    package func proof(
        for person: Recipient, issue: IssueFacts, personal: PersonalFacts?, pictures: IssuePictures, date: Instant,
        extras: LetterExtras = .none
    ) async throws -> LetterProof {
        let own = await personalPictures(personal, issue, pictures, person.sections)
        let composition = composition(person, issue, personal, pictures, own, extras)
        let set = try composition.set(with: templates.shelf)
        let letter = Letter(
            from: settings.from, to: person.mailbox, replyTo: settings.replyTo, subject: set.subject, date: date,
            messageID: person.messageID ?? "issue-\(issue.number).person-\(person.id)@\(settings.domain)",
            list: list(issue, person),
            language: settings.language, text: set.text, html: set.html, pictures: set.pictures)
        return LetterProof(letter: letter, notes: templates.problems + pictures.notes + (own?.notes ?? []) + set.notes)
    }

    /// Names in the owner's templates that the facts do not have, and the like: for a preview while they write.
    package func slips(
        for person: Recipient, issue: IssueFacts, personal: PersonalFacts?, pictures: IssuePictures,
        extras: LetterExtras = .none
    ) async -> [LetterNote] {
        let own = await personalPictures(personal, issue, pictures, person.sections)
        return templates.problems
            + composition(person, issue, personal, pictures, own, extras).slips(with: templates.shelf)
    }

    private func composition(
        _ person: Recipient, _ issue: IssueFacts, _ personal: PersonalFacts?, _ pictures: IssuePictures,
        _ own: PersonalPictures?, _ extras: LetterExtras
    ) -> Composition {
        let reader = LetterData.Reader(
            id: person.id, name: personal?.person.name ?? person.mailbox.name, sections: person.sections,
            links: person.links, isPage: false)
        return Composition(
            issue: issue, personal: personal, reader: reader, settings: settings, extras: extras, shared: pictures,
            own: own)
    }

    /// The issue as a page of the web: a person's, or everybody's where nobody is given. `address` says where a picture
    /// of this name is served.
    package func page(
        for person: Recipient? = nil, issue: IssueFacts, personal: PersonalFacts? = nil, pictures: IssuePictures,
        extras: LetterExtras = .none, address: @escaping @Sendable (_ name: String) -> String
    ) async throws -> LetterPage {
        let sections = person?.sections ?? Set(NewsletterSection.allCases)
        let own = await personalPictures(personal, issue, pictures, sections)
        let reader = LetterData.Reader(
            id: person?.id, name: personal?.person.name, sections: sections, links: person?.links ?? LetterLinks(),
            isPage: true)
        let composition = Composition(
            issue: issue, personal: personal, reader: reader, settings: settings, extras: extras, shared: pictures,
            own: own)
        var page = try composition.page(with: templates.shelf, address: address)
        page.notes = templates.problems + pictures.notes + (own?.notes ?? []) + page.notes
        return page
    }

    private func personalPictures(
        _ personal: PersonalFacts?, _ issue: IssueFacts, _ shared: IssuePictures, _ sections: Set<NewsletterSection>
    ) async -> PersonalPictures? {
        guard let personal, sections.contains(.you) || sections.contains(.suggestions) else { return nil }
        return await room.pictures(of: personal, issue.period, beside: shared)
    }

    private func list(_ issue: IssueFacts, _ person: Recipient) -> MailingList {
        let link = person.links.unsubscribe
        return MailingList(
            name: "\(Shown.text(issue.serverName, most: 40, orElse: "Plex")) newsletter",
            id: "newsletter.\(settings.domain)",
            // Mail programs promise one click only over https.
            unsubscribeURL: link.flatMap { $0.hasPrefix("https://") ? LetterData.webAddress($0) : nil },
            unsubscribeMail: person.links.unsubscribeMail)
    }
}
