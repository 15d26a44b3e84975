// Where the newsletter's parts meet: numbers, pictures, words, the press, the post and the pages. Decides nothing; knows
// who needs what of whom.

internal import Bot
internal import Canvas
internal import Commands
internal import Domain
internal import HTTP
internal import History
internal import Letters
internal import Mail
internal import Newsletter
internal import People
internal import Pictures
internal import Plex
internal import Runtime
internal import Storage
internal import Tautulli
internal import Web
internal import Wordsmith

actor NewsletterOffice {
    nonisolated let consent: NewsletterConsent
    nonisolated let links: NewsletterLinks
    nonisolated let archive: IssueArchive
    nonisolated let settings: NewsletterSettings
    nonisolated let base: String
    /// Two jobs at once must not ask twice.
    nonisolated let asking = Turnstile()
    nonisolated let people: People
    private let mail: MailSettings?
    nonisolated let database: Database
    private let sources: NewsletterSources
    private let plex: Plex?
    private let words: NewsletterWords
    private let studio: Studio
    private let place: LocalTime
    nonisolated let templatesFolder: String
    private let clock: any Clock
    nonisolated let log: Log
    private static let language = "en"
    private var press: (server: ServerCard, press: LetterPress)?
    private var asked: (card: ServerCard, at: Instant)?
    /// Whose letters are being made.
    private var composed: IssueFacts?
    /// Of the issues shown last: their charts are the same in the letter of everybody who may see the same libraries.
    private var pictures: [(issue: IssueFacts, pictures: IssuePictures)] = []

    /// What Plex calls itself; remembered, so that a letter is made while Plex is away too.
    struct ServerCard: Hashable, Sendable {
        var name: String
        var machine: String?
    }

    init(
        _ outside: Outside, _ database: Database, people: People, history: History, tautulli: Tautulli,
        smith: Wordsmith?, settings: Configuration, log: Log
    ) {
        words = NewsletterWords(
            database, smith: smith, studio: outside.studio, namesPeople: false, log: log)
        self.database = database
        self.people = people
        self.settings = settings.newsletter
        base = settings.dashboard.base
        mail = settings.mail
        plex = outside.plex.value
        studio = outside.studio
        place = settings.zone
        templatesFolder = "\(settings.folder)/templates/newsletter"
        clock = database.clock
        self.log = log
        let consent = NewsletterConsent(database, mode: settings.newsletter.consent)
        self.consent = consent
        archive = IssueArchive(database)
        links = NewsletterLinks(outside.key, home: settings.newsletter.home)
        sources = NewsletterSources(
            readUp: { try await history.catchUp() }, knownThrough: { try await history.readThrough() },
            plays: { end, use in try await history.plays(before: end, use) },
            // What was played is told by Plex account; others have none to tell of.
            people: { try await people.all().filter { $0.plexID != nil } },
            unnamed: { try await consent.unnamed() },
            libraries: outside.plex.value.map { .plex($0) } ?? .tautulli(tautulli))
    }

    // MARK: The server's name

    private func server() async -> ServerCard {
        // Not for each of five hundred letters.
        if let asked, clock.now - asked.at < .minutes(1) { return asked.card }
        let remembered = Remembered(database)
        if let plex {
            let answer = await within(.seconds(5), on: clock) { try? await plex.server() } ?? nil
            if let answer {
                try? await remembered.set("newsletter.server", answer.name)
                try? await remembered.set("newsletter.machine", answer.machineIdentifier)
            }
        }
        let name = try? await remembered.get("newsletter.server")
        let machine = try? await remembered.get("newsletter.machine")
        let card = ServerCard(name: settings.title ?? name ?? "Plex", machine: machine)
        asked = (card, clock.now)
        return card
    }

    /// As the letters had it last: a page that somebody opens need not ask Plex again.
    func knownName() async -> String {
        if let title = settings.title { return title }
        if let name = try? await Remembered(database).get("newsletter.server") { return name }
        return await server().name
    }

    // MARK: Numbers

    func newsletter() async -> Newsletter {
        Newsletter(
            database, sources: sources,
            wishes: NewsletterWishes(
                serverName: await server().name, namesPeople: settings.names != .nobody,
                namesLikeMinded: settings.namesLikeMinded, mentionsQuiet: settings.mentionsQuiet), place: place,
            log: log)
    }

    /// The issue of the period that is over: made now, or before.
    func make() async throws -> IssueFacts {
        let newsletter = await newsletter()
        let issue = try await newsletter.make(newsletter.lastPeriod(settings.rhythm))
        // Before the letters, once, and the same for all of them. A model that fails leaves a whole letter without.
        for ask in [intro, banner] {
            do { try await ask(issue) } catch {
                if Task.isCancelled { throw error }
                log.warning("the newsletter goes without words of a model: \(error)")
            }
        }
        return issue
    }

    private func intro(_ issue: IssueFacts) async throws { _ = try await words.intro(of: issue, in: Self.language) }
    private func banner(_ issue: IssueFacts) async throws { _ = try await words.banner(of: issue) }

    /// What the model said of this issue when it was made.
    func extras(_ issue: IssueFacts, for personal: PersonalFacts?) async -> LetterExtras {
        // The model was told everything, so its words are for those who may be told everything.
        let isWhole = issue == issue.shown(to: personal)
        let text = !isWhole ? nil : try? await words.keptIntro(of: issue, in: Self.language)?.text
        var extras = LetterExtras(introduction: text.map { [$0] } ?? [])
        if let jpeg = try? await words.keptBanner(of: issue)?.jpeg {
            extras.banner = try? await studio.draw { try Banner(jpeg).picture(named: "banner.jpg") }
        }
        return extras
    }

    /// As kept, else counted for the look: nothing is kept by looking.
    func facts(
        for person: Int64, _ which: NewsletterPreview.Which
    ) async throws -> (IssueFacts, PersonalFacts?) {
        let newsletter = await newsletter()
        let kept: IssueFacts? =
            switch which {
            case .issue(let number): try await archive.issue(number)
            case .last: try await archive.issue(about: newsletter.lastPeriod(settings.rhythm))
            case .running: nil
            }
        if let kept { return (kept, try await archive.personal(kept.number, of: person)) }
        if case .issue(let number) = which { throw NoSuchIssue(number: number) }
        let draft = try await newsletter.draft(
            which == .running
                ? NewsletterPeriod.containing(clock.now, settings.rhythm, in: place)
                : newsletter.lastPeriod(settings.rhythm))
        return (draft.issue, draft.personal(of: person))
    }

    // MARK: Press

    func press() async throws -> LetterPress {
        let templates = try LetterTemplates.read(folder: templatesFolder)
        let server = await server()
        if let press, press.server == server { return press.press.with(templates) }
        let sender = try mail?.from ?? Mailbox("", MailAddress("autoplex@localhost.invalid"))
        let made = LetterPress(
            LetterSettings(
                from: sender, replyTo: mail?.replyTo, names: settings.names, place: place,
                machineIdentifier: server.machine), studio, templates, shelf: shelf
        ) { [plex] path in
            guard let plex else { return nil }
            // A few sizes up from the thumbnail, so that it is sharp.
            return try? await plex.image(path, width: 368, height: 552).bytes
        }
        press = (server, made)
        return made
    }

    private nonisolated var shelf: PosterShelf {
        let (small, clock) = (SmallPosters(database), clock)
        return PosterShelf(
            get: { key in
                guard let kept = try? await small.poster(key) else { return nil }
                return PosterShelf.Found(kept.jpeg, age: clock.now - kept.madeAt)
            },
            // A poster that cannot be kept is fetched again next time.
            put: { key, jpeg in try? await small.keep(jpeg, key) })
    }

    func pictures(of issue: IssueFacts, _ press: LetterPress) async -> IssuePictures {
        if let known = pictures.first(where: { $0.issue == issue }) { return known.pictures }
        let drawn = await press.pictures(of: issue)
        pictures.append((issue, drawn))
        if pictures.count > 12 { pictures.removeFirst() }
        return drawn
    }

    /// Exactly what would be sent, or was.
    func proof(_ order: LetterOrder, _ whole: IssueFacts, _ personal: PersonalFacts?) async throws -> LetterProof {
        let press = try await press()
        let issue = whole.shown(to: personal)
        var proof = try await press.proof(
            for: Recipient(
                id: order.person.id, Mailbox(order.person.name, order.address), without: order.without,
                links: letterLinks(order.person.id, issue: issue.number)),
            issue: issue, personal: personal, pictures: await pictures(of: issue, press), date: clock.now,
            extras: await extras(whole, for: personal))
        proof.letter.messageID = order.messageID(firstDay: issue.period.first, host: press.settings.domain)
        if order.isTest { proof.letter.subject = "[Test] \(proof.letter.subject)" }
        return proof
    }

    func letterLinks(_ person: Int64, issue: Int) -> LetterLinks {
        let now = clock.now
        return LetterLinks(
            unsubscribe: links.oneClick(person: person, at: now)
                ?? links.address(.unsubscribe, person: person, at: now),
            preferences: links.address(.preferences, person: person, at: now),
            web: links.address(.archive, person: person, issue: issue, at: now),
            archive: links.address(.archive, person: person, at: now),
            unsubscribeMail: (mail?.replyTo ?? mail?.from).map {
                MailingList.UnsubscribeMail($0.address, subject: links.mailSubject(person: person))
            })
    }

    /// What was kept never changes, and all its letters are made of it.
    private func issue(_ number: Int) async throws -> IssueFacts {
        if let composed, composed.number == number { return composed }
        guard let issue = try await archive.issue(number) else { throw NoSuchIssue(number: number) }
        composed = issue
        return issue
    }

    func compose(_ order: LetterOrder) async throws -> PrintedLetter {
        let issue = try await issue(order.issue)
        let personal = try await archive.personal(order.issue, of: order.person.id)
        return try await proof(order, issue, personal).letter.printed()
    }

    /// For a channel: what everybody may read.
    func highlights(of issue: IssueFacts) async throws -> Report {
        let press = try await press()
        return press.report(issue, await pictures(of: issue, press))
    }

    nonisolated func post(_ effects: Effects) -> NewsletterPost {
        NewsletterPost(
            database, effects: effects, consent: consent, wishes: settings.sending,
            people: { [people] in try await people.all() }, compose: { try await self.compose($0) },
            mail: mail.map { MailLine($0.server).effects } ?? NewsletterEffects(), log: log)
    }
}

struct NoSuchIssue: Error, CustomStringConvertible {
    let number: Int
    var description: String { "there is no issue \(number)" }
}
