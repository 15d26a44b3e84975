// The key under which tokens lie in the database. Where it comes from: KeyText (ENCRYPTION_KEY) or KeyFile.

package struct SealingKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let key: [UInt8]
    /// Tells keys apart and betrays nothing of them. Eight hexadecimal digits, good for a log or a health line.
    private let markBytes: [UInt8]
    /// What keys for other uses are made of; not the master, which nobody needs to hold any longer.
    private let root: [UInt8]

    package var mark: String { markBytes.hexadecimal }

    /// `master` is 32 bytes. The cipher gets a key derived from it, so that the mark, or any later use of the same
    /// master, cannot weaken it.
    init(master: [UInt8]) {
        precondition(master.count == GCM.keyLength)
        key = Digest.hkdfSHA256(master, info: Array("autoplex: sealing".utf8), count: GCM.keyLength)
        markBytes = Digest.hkdfSHA256(master, info: Array("autoplex: mark".utf8), count: Sealed.markLength)
        root = Digest.hkdfSHA256(master, info: Array("autoplex: root".utf8), count: Digest.length)
    }

    /// A key of its own for one use, such as signing links; none of them tells anything of another.
    package func key(for use: String) -> [UInt8] {
        Digest.hkdfSHA256(root, info: Array(use.utf8), count: Digest.length)
    }

    /// A key for tests and for worlds that end with the process.
    package static func random() -> SealingKey { SealingKey(master: RandomBytes.make(GCM.keyLength)) }

    /// `context` names where the value belongs ("plex token of person 12"); it is needed again to open it. A sealed
    /// token copied into another person's row does not open there.
    ///
    /// The nonce is random: safe for some four thousand million values under one key.
    package func seal(_ plain: [UInt8], for context: String) -> Sealed {
        let head = [Sealed.form] + markBytes
        let nonce = RandomBytes.make(GCM.nonceLength)
        let hidden = GCM.seal(plain, key: key, nonce: nonce, context: head + Array(context.utf8))
        return Sealed(bytes: head + nonce + hidden)
    }

    package func seal(_ text: String, for context: String) -> Sealed { seal(Array(text.utf8), for: context) }

    package func open(_ sealed: Sealed, for context: String) throws(SealBroken) -> [UInt8] {
        guard let form = sealed.bytes.first else { throw .damaged }
        guard form == Sealed.form else { throw .unknownForm(form) }
        guard sealed.bytes.count >= Sealed.shortest else { throw .damaged }
        let head = Array(sealed.bytes.prefix(1 + Sealed.markLength))
        guard Array(head.dropFirst()) == markBytes else { throw .otherKey }
        let nonce = Array(sealed.bytes.dropFirst(head.count).prefix(GCM.nonceLength))
        let hidden = sealed.bytes.dropFirst(head.count + nonce.count)
        guard let plain = GCM.open(hidden, key: key, nonce: nonce, context: head + Array(context.utf8)) else {
            throw .damaged
        }
        return plain
    }

    package func openText(_ sealed: Sealed, for context: String) throws(SealBroken) -> String {
        String(decoding: try open(sealed, for: context), as: UTF8.self)
    }

    package var description: String { "key \(mark)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
