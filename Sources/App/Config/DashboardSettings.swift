// The dashboard's settings, and what stands in front of the web server.

internal import Crypto
internal import Dashboard
internal import Runtime

struct DashboardSettings: Sendable {
    var isOn: Bool
    /// Nil: only links from Discord let anybody in.
    var password: PasswordHash?
    /// "/autoplex", or empty.
    var base: String
    var proxies: TrustedProxies?

    init(_ text: (String) -> String, password typed: Secret?, _ problems: inout [ConfigProblem]) {
        isOn = Variable.flag(text("DASHBOARD")) ?? true
        let words = text("BASE_URL")
        base = words.split(separator: "/").map { "/\($0)" }.joined()
        if !base.utf8.allSatisfy({ Self.isPathLetter($0) }) || words.contains("://") {
            problems.append(
                ConfigProblem("BASE_URL", "it is a path such as /autoplex; the whole address is PUBLIC_URL's"))
        }
        do throws(TrustedProxies.NotANetwork) { proxies = try TrustedProxies(text("TRUSTED_PROXIES")) } catch {
            problems.append(ConfigProblem("TRUSTED_PROXIES", error.description))
        }
        guard let typed else { return }
        if let hash = PasswordHash(typed.reveal()) {
            password = hash
        } else if typed.reveal().hasPrefix("scrypt:") {
            problems.append(
                ConfigProblem("DASHBOARD_PASSWORD", "it is no whole hash: make one with `autoplex password`"))
        } else if typed.reveal().count < Self.shortest {
            problems.append(
                ConfigProblem("DASHBOARD_PASSWORD", "it is shorter than \(Self.shortest) letters, which is guessed"))
        } else {
            password = PasswordHash(of: typed)
        }
    }

    static let shortest = 12

    private static func isPathLetter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
            || "/-_.".utf8.contains(byte)
    }
}
