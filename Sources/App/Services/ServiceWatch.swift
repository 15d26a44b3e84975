// Keeps the newest finding about every configured service, and tells when one goes down or comes back: once, not every
// five minutes.

internal import Bot
internal import Domain
internal import HTTP
internal import Mail
internal import Runtime

actor ServiceWatch {
    struct Entry: Sendable {
        let name: String
        let finding: Finding
        let since: Instant
        let checked: Instant
    }

    private let settings: Configuration
    private let http: HTTPClient
    private let clock: any Clock
    private var entries: [String: Entry] = [:]

    init(settings: Configuration, http: HTTPClient, clock: any Clock) {
        self.settings = settings
        self.http = http
        self.clock = clock
    }

    /// In the order of the table; only what has been looked at.
    var found: [Entry] { Service.names(for: settings).compactMap { entries[$0] } }

    nonisolated var configured: [String] { Service.configured(settings) }

    /// Looks at every configured service at once. A report only when something changed.
    func look() async -> Report? {
        let findings = await Service.look(at: settings, http: http)
        var changes: [Prose] = []
        var isWorse = false
        for (name, finding) in findings {
            let before = entries[name]
            let isChange = before.map { $0.finding.isFine != finding.isFine } ?? !finding.isFine
            if isChange {
                isWorse = isWorse || !finding.isFine
                changes.append(
                    finding.isFine
                        ? "✅ \(strong: name) is back\(before.map { after($0) } ?? "")"
                        : "❌ \(strong: name): \(finding.text)")
            }
            let since = before?.finding.isFine == finding.isFine ? before?.since : nil
            entries[name] = Entry(name: name, finding: finding, since: since ?? clock.now, checked: clock.now)
        }
        guard !changes.isEmpty else { return nil }
        return Report(
            isWorse ? "A service needs a look" : "Services are back", lines: changes, tone: isWorse ? .warning : .good)
    }

    private func after(_ entry: Entry) -> Prose { ", after \((clock.now - entry.since).inWords)" }
}

extension Service {
    static let mailName = "Mail"
    static let mailboxName = "Mailbox"

    static func names(for settings: Configuration) -> [String] {
        all(for: settings).map(\.name) + [mailName, mailboxName]
    }

    static func configured(_ settings: Configuration) -> [String] {
        all(for: settings).filter { $0.isConfigured(settings) }.map(\.name)
            + (settings.mail == nil ? [] : [mailName])
            + (settings.letterBox == nil ? [] : [mailboxName])
    }

    /// Every configured service's finding, or only one's, in the order of the table.
    static func look(
        at settings: Configuration, http: HTTPClient, only one: String? = nil
    ) async -> [(name: String, finding: Finding)] {
        var findings: [String: Finding] = [:]
        func isWanted(_ name: String) -> Bool { one == nil || one == name }
        await withTaskGroup(of: (String, Finding?).self) { group in
            for service in all(for: settings) where isWanted(service.name) {
                group.addTask { (service.name, await service.look(with: settings, http: http)) }
            }
            if let server = settings.mail?.server, isWanted(mailName) {
                group.addTask { (mailName, await look(at: server)) }
            }
            if let box = settings.letterBox, isWanted(mailboxName) {
                group.addTask { (mailboxName, await look(at: box)) }
            }
            for await (name, finding) in group { findings[name] = finding }
        }
        return names(for: settings).compactMap { name in findings[name].map { (name, $0) } }
    }

    /// Logs in and opens the folder; reads nothing.
    private static func look(at box: LetterBox) async -> Finding {
        do {
            try await box.ping()
            return .fine("can be read")
        } catch { return .wrong("\(error)") }
    }

    /// Connects, encrypts and logs in, as for a letter; sends none.
    static func look(at server: MailServer) async -> Finding {
        do {
            let mailer = try Mailer(server)
            let outcome: Finding
            do throws(MailError) {
                try await mailer.ping()
                outcome = .fine("takes letters")
            } catch { outcome = .wrong("\(error)") }
            await mailer.stop()
            return outcome
        } catch { return .wrong("\(error)") }
    }
}
