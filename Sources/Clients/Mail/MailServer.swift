// Where letters are handed over, and as whom.

package import Runtime

package struct MailServer: Hashable, Sendable {
    package enum Encryption: String, Hashable, Sendable {
        /// TLS from the first byte (port 465).
        case implicit
        /// STARTTLS, or nothing is said.
        case required
        /// STARTTLS where offered, whoever it is that offers: better than none, worth nothing against somebody in between.
        /// Never with a password.
        case opportunistic
        /// In the open, because the owner says so.
        case none
    }

    package var host: String
    package var port: Int
    package var encryption: Encryption
    package var user: String?
    package var password: Secret?
    /// Certificates to trust instead of the system's (PEM).
    package var authorityFile: String?

    package init(
        host: String, port: Int, encryption: Encryption, user: String? = nil, password: Secret? = nil,
        authorityFile: String? = nil
    ) {
        self.host = host
        self.port = port
        self.encryption = encryption
        self.user = user
        self.password = password
        self.authorityFile = authorityFile
    }
}
