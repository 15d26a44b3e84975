// Why it was not done, by what the caller can do about it, in words for who must act. A wrong key gets an empty 401; what
// was asked wrongly a list of what is wrong (400), or a problem object, or one message (500 among them).

internal import HTTP
internal import LooseJSON

package struct ServarrError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Whose, for the words.
    package struct Service: Hashable, Sendable {
        /// "Radarr", "Radarr 2"
        package var name: String
        /// "RADARR", "RADARR_2"
        package var setting: String

        package init(name: String, setting: String) {
            self.name = name
            self.setting = setting
        }
    }

    package enum Trouble: Equatable, Sendable {
        /// No answer at all.
        case unreachable(String)
        /// 401: asking again is useless until the key is replaced.
        case rejectedKey
        /// Something answers there, but it is not this program.
        case wrongAddress(String)
        case notFound(String)
        /// 400: what was asked makes no sense to it, in its own words.
        case invalid(String)
        /// 503 and "starting up", or a proxy before it that finds nobody.
        case starting
        /// 5xx of its own making.
        case crashed(String)
        /// Any other refusal.
        case refused(status: Int, String)
        /// It answered, but not with what it should have. Whoever gets this knows nothing.
        case unreadable(String)
        case cancelled
    }

    package let service: Service
    package let trouble: Trouble

    package init(service: Service, trouble: Trouble) {
        self.service = service
        self.trouble = trouble
    }

    /// Whether it may be otherwise in a while, without anybody doing something.
    package var mayPass: Bool {
        switch trouble {
        case .unreachable, .starting, .crashed, .unreadable, .cancelled: true
        case .rejectedKey, .wrongAddress, .notFound, .invalid, .refused: false
        }
    }

    package var description: String {
        let (name, setting) = (service.name, service.setting)
        return switch trouble {
        case .unreachable(let why): "\(name) cannot be reached: \(why). Check \(setting)_URL and that \(name) runs"
        case .rejectedKey: "\(name) answered 401: check \(setting)_API_KEY"
        case .wrongAddress(let why): "\(why): check \(setting)_URL, with the URL base if \(name) has one"
        case .notFound(let what): "\(name) does not have \(what)"
        case .invalid(let why): "\(name) does not take the question: \(why)"
        case .starting: "\(name) is starting: try again in a minute"
        case .crashed(let why): "\(name) failed: \(why). Its log has more (System, Logs)"
        case .refused(let status, let why): "\(name) answered \(status): \(why)"
        case .unreadable(let what): "\(name)'s answer cannot be read: \(what)"
        case .cancelled: "the question to \(name) was cancelled"
        }
    }
}

extension ServarrError.Trouble {
    init(_ error: HTTPError) {
        self =
            switch error {
            case .cancelled: .cancelled
            case .badAddress(let why): .wrongAddress(why)
            case .tooLarge: .unreadable("\(error)")
            default: .unreachable("\(error)")
            }
    }

    /// What an answer other than success means; `what` is what was asked for.
    init(status: Int, body: [UInt8], to what: String) {
        let said = Self.words(in: body)
        self =
            switch status {
            case 300..<400: .wrongAddress("that address points elsewhere (\(status))")
            case 400: .invalid(said.map { "\(what): \($0)" } ?? what)
            case 401, 403: .rejectedKey
            case 404: .notFound(what)
            case 405: .wrongAddress("\(what) cannot be asked there (405)")
            case 502, 503, 504: .starting
            case 500..<600: .crashed("\(what)\(said.map { ": \($0)" } ?? "")")
            default: .refused(status: status, "\(what)\(said.map { ": \($0)" } ?? "")")
            }
    }

    /// Of a list of faults, a problem or a message; cut to what fits a line.
    static func words(in body: [UInt8]) -> String? {
        guard let json = try? Loose(body) else { return nil }
        let faults = json.elements.compactMap { fault in
            fault.text("errorMessage").map { text in fault.text("propertyName").map { "\($0): \(text)" } ?? text }
        }
        let words =
            faults.isEmpty
            ? json.text("message") ?? json.text("errorMessage") ?? json.text("title") : faults.joined(separator: "; ")
        return words.map { String($0.prefix(300)) }
    }
}
