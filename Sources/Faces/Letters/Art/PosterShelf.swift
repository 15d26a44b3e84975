// Where small posters wait for the next issue and outlive a restart. Storage is not this room's business: it is lent.

package struct PosterShelf: Sendable {
    package struct Found: Sendable {
        package var jpeg: [UInt8]
        /// Since it was made.
        package var age: Duration

        package init(_ jpeg: [UInt8], age: Duration) {
            self.jpeg = jpeg
            self.age = age
        }
    }

    package var get: @Sendable (_ key: String) async -> Found?
    package var put: @Sendable (_ key: String, _ jpeg: [UInt8]) async -> Void

    package init(
        get: @escaping @Sendable (_ key: String) async -> Found?,
        put: @escaping @Sendable (_ key: String, _ jpeg: [UInt8]) async -> Void
    ) {
        self.get = get
        self.put = put
    }

    package static let none = PosterShelf(get: { _ in nil }, put: { _, _ in })
}
