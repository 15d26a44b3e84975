// Whom we believe when a server says who it is.

package enum TLSTrust: Sendable, Hashable {
    /// The authorities the system trusts.
    case system
    /// The authorities in a PEM file, and no others.
    case file(String)
}
