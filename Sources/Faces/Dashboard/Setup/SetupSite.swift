// The setup as pages, for as long as there is nothing else to serve: one for each service, and one at the end that shows
// what will be written. The way in is a word from the log that works once; then a cookie and a word in each form, as on the
// dashboard. No answer that is a secret is ever sent back.

internal import Crypto
package import Domain
package import Sockets
internal import Synchronization
internal import Templates

/// What the pages show and whom they ask; answered by who knows the settings.
package struct SetupAnswers: Sendable {
    package struct Field: Sendable {
        package var name: String
        package var label: String
        package var help: String
        package var example: String
        /// Never of a secret.
        package var value: String
        package var isSecret: Bool
        package var isSet: Bool
        /// Set by the environment, which is stronger than a file.
        package var isFixed: Bool
        /// What was wrong with what was typed.
        package var trouble: String?

        package init(
            name: String, label: String, help: String, example: String, value: String, isSecret: Bool, isSet: Bool,
            isFixed: Bool, trouble: String?
        ) {
            self.name = name
            self.label = label
            self.help = help
            self.example = example
            self.value = value
            self.isSecret = isSecret
            self.isSet = isSet
            self.isFixed = isFixed
            self.trouble = trouble
        }
    }

    package struct Finding: Sendable {
        package var tone: Report.Tone
        package var name: String
        package var text: String

        package init(_ tone: Report.Tone, _ name: String, _ text: String) {
            self.tone = tone
            self.name = name
            self.text = text
        }
    }

    package struct Step: Sendable {
        package var why: String
        package var fields: [Field]
        package var findings: [Finding]

        package init(why: String, fields: [Field], findings: [Finding]) {
            self.why = why
            self.fields = fields
            self.findings = findings
        }
    }

    package struct End: Sendable {
        package var path: String
        /// Name and value, as they may be shown.
        package var changes: [(name: String, value: String)]
        package var daring: [String]
        package var isComplete: Bool

        package init(path: String, changes: [(name: String, value: String)], daring: [String], isComplete: Bool) {
            self.path = path
            self.changes = changes
            self.daring = daring
            self.isComplete = isComplete
        }
    }

    /// In order: how they stand in addresses, their names, and what those are about that few need.
    package var steps: [(id: String, name: String, topic: String?)]
    package var step: @Sendable (String) async -> Step?
    /// Keeps what is right of it, and tests it.
    package var take: @Sendable (String, [String: String]) async -> Void
    package var forget: @Sendable (String) async -> Void
    package var end: @Sendable () async -> End
    /// Writes; then somebody else goes on.
    package var write: @Sendable () async throws -> Void

    package init(
        steps: [(id: String, name: String, topic: String?)], step: @escaping @Sendable (String) async -> Step?,
        take: @escaping @Sendable (String, [String: String]) async -> Void,
        forget: @escaping @Sendable (String) async -> Void, end: @escaping @Sendable () async -> End,
        write: @escaping @Sendable () async throws -> Void
    ) {
        self.steps = steps
        self.step = step
        self.take = take
        self.forget = forget
        self.end = end
        self.write = write
    }
}

package final class SetupSite: Sendable {
    private struct Door: Sendable {
        var word: String?
        var session: String?
        /// In every form.
        let formWord = RandomBytes.word(bytes: 24)
    }

    static let cookie = "autoplex_setup"
    /// Once, by whoever reads the log.
    package let word = RandomBytes.word(bytes: 24)
    package static let headers = ["Sec-Fetch-Site"]

    private let answers: SetupAnswers
    private let base: String
    private let shelf: TemplateShelf
    private let door: Mutex<Door>

    /// - Parameter base: what a proxy puts in front of every path
    package init(answers: SetupAnswers, base: String) throws {
        self.answers = answers
        self.base = base
        shelf = try SetupTemplates.shelf()
        door = Mutex(Door(word: word))
    }

    package var routes: [Route] {
        let form = "application/x-www-form-urlencoded"
        return [
            .immediate("/") { [base] _ in PagePolicy.redirect(base + "/setup") },
            .immediate("/setup/files/style.css") { _ in
                PagePolicy.file(Stylesheet.text + SetupTemplates.style, type: "text/css; charset=utf-8")
            },
            .immediate("/setup/files/icon.svg") { _ in PagePolicy.file(Icon.text, type: "image/svg+xml") },
            .get("/setup") { [self] request in
                isGuest(request) ? PagePolicy.redirect(beginning) : locked()
            },
            .get("/setup/enter/{word}") { [self] request in
                fits(request) ? note("Set Autoplex up", "This link lets you in once.", button: "Begin") : locked()
            },
            .post("/setup/enter/{word}", maxBody: 4 << 10) { [self] request in enter(request) },
            .get("/setup/step/{id}") { [self] request in
                guard isGuest(request) else { return locked() }
                return await page(request.parameters["id"] ?? "")
            },
            .post("/setup/step/{id}", accepts: [form], maxBody: 64 << 10) { [self] request in await take(request) },
            .post("/setup/write", accepts: [form], maxBody: 4 << 10) { [self] request in await write(request) },
        ]
    }

    // MARK: The door

    private func fits(_ request: ServerRequest) -> Bool {
        let offered = [UInt8]((request.parameters["word"] ?? "").utf8)
        return door.withLock { door in
            door.word.map { areEqualInConstantTime([UInt8]($0.utf8), offered) } ?? false
        }
    }

    private func enter(_ request: ServerRequest) -> ServerResponse {
        guard !Arrival.isFromElsewhere(request), fits(request) else { return locked() }
        let session = RandomBytes.word(bytes: 24)
        door.withLock { door in
            door.word = nil
            door.session = session
        }
        return PagePolicy.redirect(
            beginning,
            headers: [("Set-Cookie", "\(Self.cookie)=\(session); Path=\(base)/setup; HttpOnly; SameSite=Strict")])
    }

    private func isGuest(_ request: ServerRequest) -> Bool {
        for field in (request.headers["cookie"] ?? "").split(separator: ";") {
            let halves = field.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0].trimmed == Self.cookie else { continue }
            let offered = [UInt8](halves[1].trimmed.utf8)
            return door.withLock { door in
                door.session.map { areEqualInConstantTime([UInt8]($0.utf8), offered) } ?? false
            }
        }
        return false
    }

    private func mayAct(_ request: ServerRequest) -> Bool {
        let offered = request.formFields.first { $0.name == "word" }?.value ?? ""
        return isGuest(request) && !Arrival.isFromElsewhere(request)
            && areEqualInConstantTime([UInt8](offered.utf8), [UInt8](door.withLock { $0.formWord }.utf8))
    }

    // MARK: Pages

    /// Those of which everybody is asked.
    private var first: [(id: String, name: String)] {
        answers.steps.filter { $0.topic == nil }.map { ($0.id, $0.name) }
    }

    private var beginning: String { address(of: first.first?.id ?? "end") }
    private func address(of id: String) -> String { "\(base)/setup/step/\(id)" }

    /// Where one goes from there: through what everybody is asked, then to choose among the others.
    private func after(_ id: String) -> String {
        let ids = first.map(\.id) + ["more", "end"]
        guard let place = ids.firstIndex(of: id) else { return address(of: "more") }
        return address(of: place + 1 < ids.count ? ids[place + 1] : "end")
    }

    private func menu(_ here: String) -> TemplateValue {
        let isAmongMore = answers.steps.contains { $0.id == here && $0.topic != nil }
        let places = first + [(id: "more", name: "More services"), (id: "end", name: "Write it")]
        return .list(
            places.map { step in
                [
                    "name": .text(step.name), "isHere": .flag(step.id == (isAmongMore ? "more" : here)),
                    "address": .text(address(of: step.id)),
                ]
            })
    }

    /// The services that few need, with what is set of them already.
    private func more() async -> ServerResponse {
        var topics: [(name: String, steps: [TemplateValue])] = []
        for step in answers.steps {
            guard let topic = step.topic, let told = await answers.step(step.id) else { continue }
            if topics.last?.name != topic { topics.append((topic, [])) }
            let isBad = told.findings.contains { $0.tone == .bad }
            let isSet = told.fields.contains(where: \.isSet)
            topics[topics.count - 1].steps.append([
                "name": .text(step.name), "why": .text(told.why), "address": .text(address(of: step.id)),
                "isSet": .flag(isSet && !isBad), "isBad": .flag(isSet && isBad),
            ])
        }
        return render(
            "more",
            [
                "title": "More services", "menu": menu("more"), "next": .text(after("more")),
                "topics": .list(topics.map { ["name": .text($0.name), "steps": .list($0.steps)] }),
            ])
    }

    private func page(_ id: String, trouble: String? = nil) async -> ServerResponse {
        if id == "end" { return await end(trouble: trouble) }
        if id == "more" { return await more() }
        guard let place = answers.steps.first(where: { $0.id == id }), let step = await answers.step(id) else {
            return note("There is no such page", "Go back to the first question.", status: 404)
        }
        let isDone = !step.findings.isEmpty && step.findings.allSatisfy { $0.tone != .bad }
        return render(
            "step",
            [
                "title": .text(place.name), "topic": .text(orAbsent: place.topic), "more": .text(address(of: "more")),
                "number": .whole((first.firstIndex { $0.id == id } ?? 0) + 1), "count": .whole(first.count),
                "why": .text(step.why), "menu": menu(id), "id": .text(id),
                "word": .text(door.withLock { $0.formWord }), "isDone": .flag(isDone),
                "next": .text(after(id)),
                "findings": .list(
                    step.findings.map {
                        ["tone": .text($0.tone.rawValue), "name": .text($0.name), "text": .text($0.text)]
                    }),
                "fields": .list(
                    step.fields.map { field in
                        [
                            "name": .text(field.name), "label": .text(field.label), "help": .text(field.help),
                            "value": .text(field.value), "isSecret": .flag(field.isSecret),
                            "hint": .text(
                                field.isSet && field.isSecret ? "Set. Leave empty to keep it." : field.example),
                            "isFixed": .flag(field.isFixed), "trouble": .text(orAbsent: field.trouble),
                        ]
                    }),
            ])
    }

    private func end(trouble: String?) async -> ServerResponse {
        let end = await answers.end()
        return render(
            "end",
            [
                "title": "Write it", "menu": menu("end"), "path": .text(end.path),
                "word": .text(door.withLock { $0.formWord }), "trouble": .text(orAbsent: trouble),
                "isIncomplete": .flag(!end.isComplete), "first": .text(beginning),
                "hasChanges": .flag(!end.changes.isEmpty),
                "changes": .list(end.changes.map { ["name": .text($0.name), "value": .text($0.value)] }),
                "daring": .list(end.daring.map { ["text": .text($0)] }),
            ])
    }

    private func take(_ request: ServerRequest) async -> ServerResponse {
        guard mayAct(request) else { return locked() }
        let id = request.parameters["id"] ?? ""
        let fields = Dictionary(request.formFields.map { ($0.name, $0.value) }) { first, _ in first }
        if fields["choice"] == "skip" {
            await answers.forget(id)
            return PagePolicy.redirect(after(id))
        }
        await answers.take(id, fields)
        return PagePolicy.redirect("\(base)/setup/step/\(answers.steps.contains { $0.id == id } ? id : "end")")
    }

    private func write(_ request: ServerRequest) async -> ServerResponse {
        guard mayAct(request) else { return locked() }
        guard await answers.end().isComplete else { return await page("end", trouble: "Discord's token is missing.") }
        do { try await answers.write() } catch { return await page("end", trouble: "\(error)") }
        return note(
            "Autoplex is set up",
            "The settings are written, and this page has done its work. Autoplex goes on by itself: say !plex help on "
                + "Discord, and !plex dashboard for a link to the dashboard.")
    }

    private func locked() -> ServerResponse {
        note(
            "Autoplex is not set up yet",
            "Its log shows an address that opens this page once. If it was opened already and the window is gone, start "
                + "Autoplex again for a new one. In a terminal, “autoplex setup” asks the same.", status: 403)
    }

    private func note(_ title: String, _ words: String, button: String? = nil, status: Int = 200) -> ServerResponse {
        render(
            "note", ["title": .text(title), "words": .text(words), "button": .text(orAbsent: button)], status: status)
    }

    private func render(_ name: String, _ data: [String: TemplateValue], status: Int = 200) -> ServerResponse {
        var data = data
        data["home"] = .text("\(base)/setup/files")
        data["mark"] = "setup"
        data["action"] = .text("\(base)/setup")
        guard let html = try? shelf.render(name, with: .object(data)) else {
            return .text("This page cannot be shown.\n", status: 500)
        }
        return PagePolicy.page(html, status: status)
    }
}
