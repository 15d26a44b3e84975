// What of the hooks is kept until it has been worked off, as it stands in the inbox.

internal import Runtime

package enum HookEvent: Hashable, Sendable, Codable {
    case playback(Playback)
    case notice(ImportNotice)

    /// The same event sent again has the same key.
    package var key: String {
        switch self {
        case .playback(let playback): playback.key
        case .notice(let notice): notice.key
        }
    }
}

extension ImportNotice {
    /// A Radarr gives no time: what it says of one download comes once, what it says without one at its arrival.
    package var key: String {
        let what =
            switch event {
            case .grab: "grab"
            case .imported(let path, _, _): "import:\(path)"
            case .deleted(let path): "delete:\(path ?? "")"
            case .other(let word): "other:\(word)"
            }
        return "radarr:\(instance):\(movieID):\(what):\(downloadID ?? "at \(at.milliseconds)")"
    }
}
