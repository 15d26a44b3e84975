// What a SealingKey made: bytes for a BLOB. They say by which form and which key they were made, so that a key that was
// swapped is told apart from a file that was damaged:
//
//     1 (form) · 4 bytes mark of the key · 12 bytes nonce · hidden bytes · 16 bytes tag
//
// Form and mark are proved together with the context, so they cannot be exchanged either.

package struct Sealed: Hashable, Sendable, CustomStringConvertible {
    static let form: UInt8 = 1
    static let markLength = 4
    static let shortest = 1 + markLength + GCM.nonceLength + GCM.tagLength

    package let bytes: [UInt8]

    /// Any bytes, as they came from storage: whether they are good shows when they are opened.
    package init(bytes: [UInt8]) { self.bytes = bytes }

    package var description: String { "sealed (\(bytes.count) bytes)" }
}

package enum SealBroken: Error, Equatable, Sendable, CustomStringConvertible {
    /// Made with another key: putting the old key back mends it.
    case otherKey
    /// Cut, changed, or moved here from another person or field.
    case damaged
    /// Written by a newer version.
    case unknownForm(UInt8)

    package var description: String {
        switch self {
        case .otherKey:
            "It was encrypted with another key: put the former ENCRYPTION_KEY or key file back, or link again."
        case .damaged:
            "The encrypted bytes are damaged, or do not belong here: restore a backup, or link again."
        case .unknownForm(let number):
            "It was encrypted by a newer version of Autoplex (form \(number)): use that version, or link again."
        }
    }
}
