// Answers worth keeping over a restart, by their full address. Clients are handed one: where answers are kept is not
// their business, and a cache that fails only costs a request.

package struct AnswerCache: Sendable {
    /// The body, unless there is none or it has been kept long enough.
    package var get: @Sendable (_ url: String) async -> [UInt8]?
    package var put: @Sendable (_ url: String, _ body: [UInt8], _ keepFor: Duration) async -> Void

    package init(
        get: @escaping @Sendable (_ url: String) async -> [UInt8]?,
        put: @escaping @Sendable (_ url: String, _ body: [UInt8], _ keepFor: Duration) async -> Void
    ) {
        self.get = get
        self.put = put
    }

    package static let none = AnswerCache(get: { _ in nil }, put: { _, _, _ in })
}
