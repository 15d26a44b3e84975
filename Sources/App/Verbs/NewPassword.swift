// `autoplex password`: reads a password from the terminal, or from a pipe, and prints its scrypt hash, so that the password
// itself stands in no file.

internal import Crypto
internal import Runtime

enum NewPassword {
    static func perform(_ arguments: [String]) async -> ExitCode {
        guard arguments.isEmpty else {
            Program.complain("autoplex: password takes no words after it: it is typed, not written into the command")
            return .usage
        }
        Program.complain("Type the password, \(DashboardSettings.shortest) letters or more, then Enter:")
        guard let typed = readLine(strippingNewline: true), typed.count >= DashboardSettings.shortest else {
            Program.complain("That is shorter than \(DashboardSettings.shortest) letters.")
            return .failed
        }
        print("DASHBOARD_PASSWORD=\(PasswordHash(of: Secret(typed)))")
        return .ok
    }
}
