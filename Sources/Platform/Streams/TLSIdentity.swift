// Who a server of ours says it is: a key and a certificate it signed itself, made on the spot with OpenSSL (X509(7)).
// For loopback, where the one who connects is handed the certificate to believe in.

internal import CCrypto

package struct TLSIdentityFailure: Error, Sendable, CustomStringConvertible {
    package let description: String
}

@safe package final class TLSIdentity: Sendable {
    /// PEM; give it to the other side as the authority to trust.
    package let certificate: [UInt8]
    /// Safe to share: OpenSSL counts references to a context, and this one is not changed once made.
    nonisolated(unsafe) let context: OpaquePointer

    /// - Parameter names: "DNS:localhost", "IP:127.0.0.1"
    package init(for names: [String] = ["DNS:localhost", "IP:127.0.0.1"]) throws(TLSIdentityFailure) {
        guard let key = unsafe Self.newKey() else { throw TLSIdentityFailure(description: "no key could be made") }
        defer { unsafe EVP_PKEY_free(key) }
        guard let certificate = unsafe Self.newCertificate(for: names, key: key) else {
            throw TLSIdentityFailure(description: "no certificate could be made for \(names)")
        }
        defer { unsafe X509_free(certificate) }
        guard let context = unsafe SSL_CTX_new(TLS_server_method()),
            unsafe SSL_CTX_use_certificate(context, certificate) == 1,
            unsafe SSL_CTX_use_PrivateKey(context, key) == 1,
            let text = unsafe Self.text(of: certificate)
        else { throw TLSIdentityFailure(description: "OpenSSL does not take its own certificate") }
        unsafe SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_2_VERSION), nil)
        unsafe self.context = context
        self.certificate = text
    }

    deinit { unsafe SSL_CTX_free(context) }

    private static func newKey() -> OpaquePointer? {
        guard let maker = unsafe EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil) else { return nil }
        defer { unsafe EVP_PKEY_CTX_free(maker) }
        var key: OpaquePointer?
        guard unsafe EVP_PKEY_keygen_init(maker) == 1,
            unsafe EVP_PKEY_CTX_set_ec_paramgen_curve_nid(maker, NID_X9_62_prime256v1) == 1,
            unsafe EVP_PKEY_keygen(maker, &key) == 1
        else { return nil }
        return unsafe key
    }

    private static func newCertificate(for names: [String], key: OpaquePointer) -> OpaquePointer? {
        guard let certificate = unsafe X509_new() else { return nil }
        unsafe X509_set_version(certificate, 2)
        var serial: UInt64 = 0
        unsafe withUnsafeMutableBytes(of: &serial) { _ = unsafe RAND_bytes($0.baseAddress, Int32($0.count)) }
        unsafe ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1 | 1)
        unsafe X509_gmtime_adj(X509_getm_notBefore(certificate), -86_400)
        unsafe X509_gmtime_adj(X509_getm_notAfter(certificate), 365 * 86_400)
        let name = unsafe X509_get_subject_name(certificate)
        let common = Array("stand-in".utf8)
        unsafe X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, common, Int32(common.count), -1, 0)
        unsafe X509_set_issuer_name(certificate, name)
        let isDone =
            unsafe X509_set_pubkey(certificate, key) == 1
            && add(names.joined(separator: ","), as: NID_subject_alt_name, to: certificate)
            && add("critical,CA:TRUE", as: NID_basic_constraints, to: certificate)
            && X509_sign(certificate, key, EVP_sha256()) > 0
        guard isDone else {
            unsafe X509_free(certificate)
            return nil
        }
        return unsafe certificate
    }

    private static func add(_ value: String, as kind: Int32, to certificate: OpaquePointer) -> Bool {
        guard let piece = unsafe X509V3_EXT_conf_nid(nil, nil, kind, value) else { return false }
        defer { unsafe X509_EXTENSION_free(piece) }
        return unsafe X509_add_ext(certificate, piece, -1) == 1
    }

    private static func text(of certificate: OpaquePointer) -> [UInt8]? {
        guard let memory = unsafe BIO_new(BIO_s_mem()) else { return nil }
        defer { unsafe BIO_free(memory) }
        var text = [UInt8](repeating: 0, count: 8192)
        guard unsafe PEM_write_bio_X509(memory, certificate) == 1 else { return nil }
        let count = unsafe BIO_read(memory, &text, Int32(text.count))
        return count > 0 ? Array(text.prefix(Int(count))) : nil
    }
}
