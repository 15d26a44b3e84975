// The program's entrance: which verb, with which settings, and the exit code. Exit codes follow sysexits.h, so that a
// supervisor can tell "mend the settings" from "try again".

internal import Runtime

@main
struct Autoplex {
    static func main() async {
        LocalTime.prepare()
        Memory.beThrifty()
        Signals.catchStops()
        let code = await Verb.perform(Array(CommandLine.arguments.dropFirst()))
        Program.exit(code.rawValue)
    }
}

enum ExitCode: Int32 {
    case ok = 0
    case failed = 1
    case usage = 64
    /// Something we need is taken or out of reach; trying again later may help.
    case unavailable = 69
    /// Discord refused the token or the intents; trying again will not help.
    case refused = 77
    case settings = 78
}
