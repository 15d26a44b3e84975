// Where prune's parts meet: the mail server, direct messages, the admins, and what is done at plex.tv. Decides nothing.

internal import Bot
internal import Discord
internal import Domain
internal import Letters
internal import Mail
internal import Newsletter
internal import People
internal import Prune
internal import Runtime
internal import Storage

struct PruneOffice: Sendable {
    let settings: Configuration
    let outside: PruneOutside
    let people: People
    let links: PruneLinks
    let late: LateDesk
    let rest: DiscordREST
    let serverName: @Sendable () async -> String
    let clock: any Clock
    let log: Log

    private var wishes: PruneSettings { settings.prune }

    // MARK: Letters

    func press() async throws -> NoticePress? {
        guard let mail = settings.mail else { return nil }
        let templates = try LetterTemplates.read(folder: "\(settings.folder)/templates/notices", .notices)
        for problem in templates.problems { log.warning("a template of the notices: \(problem)") }
        return NoticePress(
            NoticeSettings(
                from: mail.from, replyTo: mail.replyTo, place: settings.zone, server: await serverName(),
                about: wishes.about, rules: wishes.rules, links: wishes.links, contact: wishes.contact,
                removesIdle: wishes.wishes.mode == .on), templates)
    }

    private func send(_ letter: Letter) async throws {
        guard let mail = settings.mail else { throw PruneEffects.NotWired("mail") }
        let printed = try letter.printed()
        let line = MailLine(mail.server)
        do {
            try await line.send(printed)
        } catch MailError.uncertain(let why) {
            await line.hangUp()
            throw Uncertain(why)
        } catch {
            await line.hangUp()
            throw error
        }
        await line.hangUp()
    }

    private func mail(_ notice: PruneNotice, _ person: Person) async throws {
        guard let press = try await press() else { throw PruneEffects.NotWired("mail") }
        let proof = try press.proof(
            notice, to: Mailbox(person.name, try MailAddress(person.email)), here: links.here(for: notice),
            date: notice.at)
        try await send(proof.letter)
    }

    // MARK: Discord

    private func message(_ notice: PruneNotice, _ user: UInt64) async throws {
        let card = notice.message(
            server: await serverName(), about: wishes.about, rules: wishes.rules,
            links: wishes.links.map { ($0.title, $0.address) })
        let answer: Answer = card.choices.isEmpty ? .report(card.report) : .card(card)
        do {
            try await late.desk().post(answer, to: Snowflake(user))
        } catch let error as DiscordError {
            switch error {
            // It may have been posted all the same.
            case .unavailable, .cancelled: throw Uncertain("\(error)")
            default: throw error
            }
        }
    }

    /// Roles somebody has in the guild; absent: they are not there.
    func roles(_ user: UInt64) async -> Reading<[UInt64]> {
        do {
            guard let guild = try await guild() else {
                return .unknown(why: "which Discord server is meant: set DISCORD_GUILD")
            }
            return .known(try await rest.member(Snowflake(user), of: guild).roles.map(\.rawValue))
        } catch {
            if case .notFound = error { return .absent }
            return .unknown(why: "\(error)")
        }
    }

    private func guild() async throws(DiscordError) -> Snowflake? {
        if let guild = settings.guild { return Snowflake(guild) }
        guard let channel = settings.adminChannel else { return nil }
        return try await rest.channel(Snowflake(channel)).guildID
    }

    // MARK: Admins

    /// By Discord and by mail; one of them is enough, but a question needs the buttons.
    private func tell(_ word: PruneWord) async throws {
        let answer: Answer =
            switch word.body {
            case .report(let report): .report(report)
            case .card(let card): .card(card)
            }
        do { try await late.notices().say(answer, as: .prune) } catch let error as DiscordError {
            switch error {
            case .unavailable, .cancelled: throw Uncertain("\(error)")
            default: throw error
            }
        }
        await mailAdmins(word)
    }

    func mailAdmins(_ word: PruneWord) async {
        guard let address = wishes.adminEmail, settings.mail != nil else { return }
        do {
            guard let press = try await press() else { return }
            let now = clock.now
            let key = "\(word.about):\(word.person ?? 0):\(now.milliseconds)"
            var word = word
            await name(in: &word)
            try await send(
                try press.proof(word, to: Mailbox("", try MailAddress(address)), key: key, date: now).letter)
        } catch {
            log.warning("an admin's mail was not sent: \(error)", ["about": word.about])
        }
    }

    /// Where Discord shows a user by their number, a mail needs a name.
    private func name(in word: inout PruneWord) async {
        func named(_ prose: Prose) async -> Prose {
            var prose = prose
            for (index, part) in prose.parts.enumerated() {
                guard case .person(let id, let name) = part, name.hasPrefix("discord:") else { continue }
                var known = try? await people.person(discord: id)?.name
                if known == nil, let guild = try? await guild() {
                    let member = try? await rest.member(Snowflake(id), of: guild)
                    known = member?.nick ?? member?.user?.name
                }
                prose.parts[index] = .text(known ?? "somebody of Discord")
            }
            return prose
        }
        func named(_ report: inout Report) async {
            report.title = await named(report.title)
            for index in report.lines.indices { report.lines[index] = await named(report.lines[index]) }
            for index in report.fields.indices {
                report.fields[index].value = await named(report.fields[index].value)
            }
            report.footer = await named(report.footer)
        }
        switch word.body {
        case .report(var report):
            await named(&report)
            word.body = .report(report)
        case .card(var card):
            await named(&card.report)
            word.body = .card(card)
        }
    }

    // MARK: Together

    var sources: PruneSources {
        outside.sources(stopFile: "\(settings.folder)/prune.stop") { await roles($0) }
    }

    var effects: PruneEffects {
        var effects = PruneEffects(
            mail: { try await mail($0, $1) }, directMessage: { notice, _, user in try await message(notice, user) },
            tell: { try await tell($0) })
        outside.fill(
            &effects, farewell: "Your access to this server has ended.", forgets: wishes.wishes.deletesInTautulli
        ) { person, losses in
            let report = Report(
                "Not all of what \(strong: person.name) had comes back by itself", lines: losses.map { "\($0)" },
                tone: .warning)
            try? await late.notices().tell(report, as: .prune)
        }
        return effects
    }
}
