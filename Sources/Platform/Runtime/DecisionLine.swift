// What the log tells of a decision: which kind, what it came to, under which number or key it can be looked up, and the rule.
// Whoever may read the log need not be an admin: no name, no title and no address is in it, only ids that the database has.

package struct DecisionLine: Sendable, Equatable {
    /// "prune.remove", "downloads.verdict".
    package let event: String
    /// "done", "refused", "download".
    package let outcome: String
    package private(set) var fields: [(name: String, value: String)]

    /// - Parameters:
    ///   - ids: by what it can be looked up: `["ledger": "12", "key": "prune.remove:7"]`
    ///   - rule: the one that decided, without what it knew of somebody
    ///   - subject: whom or what it is about, as an id
    ///   - by: who asked for it, as an id
    ///   - why: what went wrong, in words
    package init(
        _ event: String, _ outcome: String, ids: KeyValuePairs<String, String>, rule: String = "", subject: String = "",
        by actor: String = "", why: String = ""
    ) {
        self.event = event
        self.outcome = outcome
        let ids = ids.map { (name: $0.key, value: $0.value) }
        let more = [("rule", rule), ("subject", subject), ("by", actor), ("why", Self.withoutAddresses(why))]
        fields = [("event", event), ("outcome", outcome)] + (ids + more).filter { !$0.1.isEmpty }
    }

    package func because(_ why: String) -> DecisionLine {
        var decision = self
        decision.fields =
            fields.filter { $0.name != "why" } + [("why", Self.withoutAddresses(why))].filter { !$0.1.isEmpty }
        return decision
    }

    /// A mail server says in its refusal whom it refuses.
    private static func withoutAddresses(_ words: String) -> String {
        guard words.contains("@") else { return words }
        return words.split(separator: " ", omittingEmptySubsequences: false)
            .map { $0.contains("@") ? "•••" : $0 }.joined(separator: " ")
    }

    package static func == (a: DecisionLine, b: DecisionLine) -> Bool {
        a.fields.elementsEqual(b.fields) { $0.name == $1.name && $0.value == $1.value }
    }
}
