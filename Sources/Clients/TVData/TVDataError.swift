// Why a catalogue gave nothing, by what the caller can do about it. Only `notFound` is a no; after all others nobody knows.
// No address is ever named: TMDB's older keys travel in it.

internal import Runtime

package enum TVCatalogue: String, Hashable, Sendable {
    case tmdb = "TMDB"
    case tvmaze = "TVmaze"

    /// What the owner sets it up with.
    var settings: String { self == .tmdb ? "TMDB_API_KEY" : "TVMAZE_URL" }
    var address: String { self == .tmdb ? "TMDB_URL" : "TVMAZE_URL" }
}

package struct TVDataError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Trouble: Equatable, Sendable {
        case notFound(String)
        /// Asking again is useless until the key is replaced.
        case badKey
        case invalid(String)
        case busy(for: Duration)
        case unreachable(String)
        case unreadable(String)
        case cancelled
    }

    package let catalogue: TVCatalogue
    package let trouble: Trouble

    package init(_ catalogue: TVCatalogue, _ trouble: Trouble) {
        self.catalogue = catalogue
        self.trouble = trouble
    }

    package var isNotFound: Bool { if case .notFound = trouble { true } else { false } }

    /// Whether it may be otherwise in a while, without anybody doing something.
    package var mayPass: Bool {
        switch trouble {
        case .busy, .unreachable, .unreadable, .cancelled: true
        case .notFound, .badKey, .invalid: false
        }
    }

    package var description: String {
        let name = catalogue.rawValue
        return switch trouble {
        case .notFound(let what): "\(name) knows no \(what)"
        case .badKey:
            "\(name) does not know this key: check \(catalogue.settings) (themoviedb.org, Settings, API; either of the two)"
        case .invalid(let why): "\(name) does not take the question: \(why)"
        case .busy(let wait):
            "\(name) asks to slow down: try again in \(max(1, Int(wait.inSeconds.rounded(.up)))) s or later"
        case .unreachable(let why): "\(name) cannot be reached: \(why)"
        case .unreadable(let why): "\(name) sent an answer that cannot be read: \(why)"
        case .cancelled: "the question to \(name) was cancelled"
        }
    }
}
