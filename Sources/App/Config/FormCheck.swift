// Whether a value has the form its variable asks for. The answer names what is wrong and shows the variable's example;
// it never repeats a secret.

internal import Music
internal import Runtime

extension Variable {
    /// Nil when `value` is fine. An empty value means "not set" and is always fine.
    func problem(with value: String) -> ConfigProblem? {
        guard !value.isEmpty, let why = fault(in: value) else { return nil }
        return ConfigProblem(name, "\(why). Example: \(name)=\(example)")
    }

    private func fault(in value: String) -> String? {
        switch form {
        case .text, .folder: return value.contains(where: \.isNewline) ? "it may hold only one line" : nil
        case .secret:
            let isPlain = value.unicodeScalars.allSatisfy { $0.value > 32 && $0.value != 127 }
            return isPlain ? nil : "it holds a blank or a control character: copy it again"
        case .password: return value.contains(where: \.isNewline) ? "it may hold only one line" : nil
        case .url(let schemes): return Self.urlFault(in: value, schemes: schemes)
        case .flag: return Self.flag(value) == nil ? "\"\(value)\" is neither true nor false" : nil
        case .number(let range):
            guard let number = Int(value) else { return "\"\(value)\" is not a whole number" }
            return range.contains(number)
                ? nil : "\(number) is not between \(range.lowerBound) and \(range.upperBound)"
        case .choice(let choices):
            return choices.contains(value) ? nil : "\"\(value)\" is not one of \(choices.joined(separator: ", "))"
        case .id: return Self.isID(value) ? nil : "\"\(value)\" is not a Discord id (a number of 17 to 20 digits)"
        case .ids:
            let wrong = Self.list(value).first { !Self.isID($0) }
            return wrong.map { "\"\($0)\" is not a Discord id (a number of 17 to 20 digits)" }
        case .zone: return LocalTime(zone: value) == nil ? "\"\(value)\" is not a known time zone" : nil
        case .scheduleOrOff where value.lowercased() == "off": return nil
        case .playlists:
            do throws(PlaylistWishError) {
                _ = try PlaylistWishes.read(value)
                return nil
            } catch {
                return error.what
            }
        case .schedule, .scheduleOrOff:
            do throws(CronError) {
                _ = try CronExpression(value)
                return nil
            } catch {
                return "\(error)"
            }
        }
    }

    static func flag(_ value: String) -> Bool? {
        switch value.lowercased() {
        case "true", "yes", "on", "1": true
        case "false", "no", "off", "0": false
        default: nil
        }
    }

    static func list(_ value: String) -> [String] {
        value.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }

    private static func isID(_ value: String) -> Bool {
        (17...20).contains(value.utf8.count) && UInt64(value) != nil
    }

    private static func urlFault(in value: String, schemes: [String]) -> String? {
        let expected = schemes.map { "\($0)://" }.joined(separator: " or ")
        guard let scheme = schemes.first(where: { value.lowercased().hasPrefix("\($0)://") }) else {
            return "the address must begin with \(expected)"
        }
        let rest = value.dropFirst(scheme.count + 3)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if authority.isEmpty { return "the address has no host" }
        if value.contains(where: \.isWhitespace) { return "the address holds a blank" }
        // A password here would travel into every message about the address.
        if authority.contains("@") { return "the address may not hold a name or password" }
        if rest.contains("?") || rest.contains("#") { return "the address may not hold a ? or #" }
        return nil
    }
}
