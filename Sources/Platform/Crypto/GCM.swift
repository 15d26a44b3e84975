// AES-256 in Galois/counter mode (NIST SP 800-38D) through OpenSSL's EVP interface. It hides and it proves: bytes that
// were changed anywhere, or belong to another context, do not open.

internal import CCrypto

/// libcrypto's cipher context; freeing it also wipes the key it holds.
@safe private struct CipherContext: ~Copyable {
    let handle: OpaquePointer

    init() {
        guard let handle = unsafe EVP_CIPHER_CTX_new() else { preconditionFailure("no memory for a cipher") }
        unsafe self.handle = unsafe handle
    }

    deinit { unsafe EVP_CIPHER_CTX_free(handle) }
}

enum GCM {
    static let keyLength = 32
    static let nonceLength = 12
    static let tagLength = 16

    /// The hidden bytes and, behind them, the tag.
    static func seal(_ plain: [UInt8], key: [UInt8], nonce: [UInt8], context: [UInt8]) -> [UInt8] {
        precondition(key.count == keyLength && nonce.count == nonceLength)
        let cipher = CipherContext()
        var hidden = [UInt8](repeating: 0, count: plain.count + tagLength)
        var count: Int32 = 0
        var isDone = unsafe EVP_EncryptInit_ex(cipher.handle, EVP_aes_256_gcm(), nil, key, nonce) == 1
        // No output buffer means: only to be proved, not to be hidden.
        isDone = unsafe isDone && EVP_EncryptUpdate(cipher.handle, nil, &count, context, Int32(context.count)) == 1
        isDone = unsafe isDone && EVP_EncryptUpdate(cipher.handle, &hidden, &count, plain, Int32(plain.count)) == 1
        var tag = [UInt8](repeating: 0, count: tagLength)
        isDone = unsafe isDone && EVP_EncryptFinal_ex(cipher.handle, &tag, &count) == 1
        isDone =
            unsafe isDone
            && EVP_CIPHER_CTX_ctrl(cipher.handle, EVP_CTRL_AEAD_GET_TAG, Int32(tagLength), &tag) == 1
        precondition(isDone, "libcrypto cannot encrypt")
        hidden.replaceSubrange(plain.count..., with: tag)
        return hidden
    }

    /// Nil when the tag does not prove these bytes: then nothing of them may be used.
    static func open(_ hidden: ArraySlice<UInt8>, key: [UInt8], nonce: [UInt8], context: [UInt8]) -> [UInt8]? {
        precondition(key.count == keyLength && nonce.count == nonceLength)
        guard hidden.count >= tagLength else { return nil }
        let cipher = CipherContext()
        let text = Array(hidden.dropLast(tagLength))
        var tag = Array(hidden.suffix(tagLength))
        var plain = [UInt8](repeating: 0, count: text.count + tagLength)
        var count: Int32 = 0
        var isDone = unsafe EVP_DecryptInit_ex(cipher.handle, EVP_aes_256_gcm(), nil, key, nonce) == 1
        isDone = unsafe isDone && EVP_DecryptUpdate(cipher.handle, nil, &count, context, Int32(context.count)) == 1
        isDone = unsafe isDone && EVP_DecryptUpdate(cipher.handle, &plain, &count, text, Int32(text.count)) == 1
        isDone =
            unsafe isDone
            && EVP_CIPHER_CTX_ctrl(cipher.handle, EVP_CTRL_AEAD_SET_TAG, Int32(tagLength), &tag) == 1
        precondition(isDone, "libcrypto cannot decrypt")
        var rest = [UInt8](repeating: 0, count: tagLength)
        guard unsafe EVP_DecryptFinal_ex(cipher.handle, &rest, &count) == 1 else { return nil }
        return Array(plain.prefix(text.count))
    }
}
