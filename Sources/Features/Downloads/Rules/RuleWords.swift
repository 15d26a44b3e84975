// How rules and numbers are said to people. The rules' own names stand in settings only.

package import Domain

extension FilmRule {
    /// As a heading: "Hidden gem".
    package var title: String {
        switch self {
        case .film: "What it is"
        case .viewer: "Who watched"
        case .watched: "To the end"
        case .never: "Not forbidden"
        case .radarr: "In Radarr"
        case .place: "Where it is"
        case .queue: "On its way"
        case .again: "Searched for before"
        case .deleted: "Deleted from the disk"
        case .released: "Released"
        case .excluded: "Genres left out"
        case .always: "Somebody's word"
        case .rating: "High rating"
        case .edition: "Rare edition"
        case .oldForeign: "Old and foreign"
        case .gem: "Hidden gem"
        case .genre: "Rare genre"
        case .favourite: "Favourite"
        case .family: "For the family"
        case .seeders: "Few seeders"
        case .rewatch: "Watched again"
        case .perDay: "Searches a day"
        case .gigabytes: "Gigabytes a day"
        case .space: "Free space"
        }
    }
}

extension FilmDecision {
    /// Of a trial: "It would be downloaded".
    package var supposed: String {
        switch self {
        case .download: "It would be downloaded"
        case .ask: "An admin would be asked"
        case .wait: "It would be downloaded when there is room"
        case .no: "It would be left as it is"
        case .unknown: "It would be left, for too little is known"
        }
    }
}

extension Playback.Source {
    package var called: String {
        switch self {
        case .jellyfin: "Jellyfin"
        case .plex: "Plex"
        case .tautulli: "Tautulli"
        }
    }
}

enum Figures {
    /// "240,118"
    static func grouped(_ number: Int) -> String {
        let digits = Array("\(abs(number))")
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }

    static func times(_ count: Int) -> String { count == 1 ? "once" : count == 2 ? "twice" : "\(grouped(count)) times" }

    static func ago(days: Int64) -> String { days <= 0 ? "today" : days == 1 ? "yesterday" : "\(days) days ago" }

    static func list(_ words: [String]) -> String {
        words.count > 1 ? "\(words.dropLast().joined(separator: ", ")) or \(words.last ?? "")" : words.first ?? ""
    }
}
