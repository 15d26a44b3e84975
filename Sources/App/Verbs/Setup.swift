// `autoplex setup`: asks a new owner for what is needed, in the terminal; with `--web` on a page.

internal import FoundationEssentials
internal import HTTP
internal import Runtime

enum Setup {
    static func perform(_ arguments: [String]) async -> ExitCode {
        let process = ProcessInfo.processInfo.environment
        switch arguments {
        case []: return await talk(process)
        case ["--web"]: return await SetupOnline.perform(process)
        default:
            Program.complain("autoplex: setup knows only \"--web\"")
            return .usage
        }
    }

    private static func talk(_ process: [String: String]) async -> ExitCode {
        Terminal.stopAtOnce()
        do {
            var sheet = try SetupSheet(process: process)
            let http = try HTTPClient(userAgent: Version.userAgent)
            let talk = SetupTalk(
                say: { StandardOutput.writeLine($0) },
                ask: { question, isSecret in
                    Terminal.ask(question)
                    return isSecret ? Terminal.hiddenLine() : Terminal.line()
                }, http: http)
            let end: Result<SetupTalk.End, any Error>
            do { end = .success(try await talk.run(&sheet)) } catch { end = .failure(error) }
            await http.stop()
            return switch try end.get() {
            case .written, .nothingToWrite: .ok
            case .refused, .gone: .failed
            }
        } catch {
            Program.complain("\(error)")
            return .failed
        }
    }
}
