// The cards that wait for an admin, from all features, with the same buttons as on Discord: whoever decides first, here or
// there, has decided.

package import Domain
package import Runtime

/// A card that is open.
package struct WaitingCard: Sendable {
    package var id: String
    package var report: Report
    package var choices: [Card.Choice]
    package var since: Instant
    package var ends: Instant?

    package init(id: String, report: Report, choices: [Card.Choice], since: Instant, ends: Instant?) {
        self.id = id
        self.report = report
        self.choices = choices
        self.since = since
        self.ends = ends
    }
}

package struct ApprovalPages: Sendable {
    package var waiting: @Sendable () async throws -> [WaitingCard]
    /// What the card says afterwards.
    package var decide: @Sendable (_ card: String, _ choice: String, Visitor) async throws -> Report

    package init(
        waiting: @escaping @Sendable () async throws -> [WaitingCard],
        decide: @escaping @Sendable (String, String, Visitor) async throws -> Report
    ) {
        self.waiting = waiting
        self.decide = decide
    }

    package var pages: [Page] {
        [Page("approvals", in: .approvals, title: "Approvals") { _ in try await list() }]
    }

    package var deeds: [Deed] {
        [
            Deed(
                "approvals/decide",
                question: { visit in
                    guard let (card, choice) = try await named(visit), choice.weight == .danger else { return nil }
                    return "\(card.report.title): \(strong: choice.label)?"
                },
                perform: { visit in
                    guard let (card, choice) = try await named(visit) else {
                        throw Refusal("This has been decided already.")
                    }
                    let said = try await decide(card.id, choice.value, visit.visitor)
                    return Deed.Answer(Self.words(said), tone: said.tone == .plain ? .good : said.tone)
                })
        ]
    }

    private func named(_ visit: Visit) async throws -> (WaitingCard, Card.Choice)? {
        guard let card = try await waiting().first(where: { $0.id == visit.fields["card"] }),
            let choice = card.choices.first(where: { $0.value == visit.fields["choice"] })
        else { return nil }
        return (card, choice)
    }

    private func list() async throws -> [Block] {
        let cards = try await waiting()
        if cards.isEmpty { return [.words("Nothing waits for you.")] }
        return cards.flatMap { card -> [Block] in
            var report = card.report
            let since: Prose = "Asked \(time: card.since)"
            let ends: Prose = card.ends.map { ", ends \(time: $0)" } ?? ""
            report.footer = report.footer.isEmpty ? since + ends : report.footer + " · " + since + ends
            return [
                .report(report),
                .form(
                    Block.Form(
                        "approvals/decide", [.hidden(name: "card", value: card.id)],
                        buttons: card.choices.map { .init($0.label, value: $0.value, weight: $0.weight) })),
            ]
        }
    }

    static func words(_ report: Report) -> Prose {
        // A heading and the sentence after it stand in one line here.
        let isOpen = !report.lines.isEmpty && report.title.plainText.last.map { !".?!:…".contains($0) } ?? false
        // A list in a field is for a page.
        let last = report.fields.suffix(1).map(\.value).filter { !$0.plainText.contains("\n") }
        return ([isOpen ? report.title + "." : report.title] + report.lines + last)
            .filter { !$0.isEmpty }.joined(by: " ")
    }
}
