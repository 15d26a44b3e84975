// What people see under the bot's name (op 3, sheet discord.md §1).

package struct Presence: Hashable, Sendable {
    package enum Status: String, Sendable, Encodable { case online, idle, dnd, invisible }

    package enum Activity: Hashable, Sendable {
        case playing(String)
        case listening(String)
        case watching(String)
        /// The text alone, without a verb.
        case saying(String)
    }

    package var status: Status
    package var activity: Activity?

    package init(_ status: Status = .online, _ activity: Activity? = nil) {
        self.status = status
        self.activity = activity
    }
}

extension Presence: Encodable {
    private enum Key: String, CodingKey { case since, activities, status, afk, name, type, state }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encodeNil(forKey: .since)
        try values.encode(status, forKey: .status)
        try values.encode(false, forKey: .afk)
        var activities = values.nestedUnkeyedContainer(forKey: .activities)
        guard let activity else { return }
        var entry = activities.nestedContainer(keyedBy: Key.self)
        let (type, text) =
            switch activity {
            case .playing(let text): (0, text)
            case .listening(let text): (2, text)
            case .watching(let text): (3, text)
            case .saying(let text): (4, text)
            }
        // Discord shows 128 characters; more would only eat into the 4096 bytes a payload may have.
        let short = String(String.UnicodeScalarView(text.unicodeScalars.prefix(128)))
        try entry.encode(type, forKey: .type)
        // A plain status has its text in `state` and still wants a name.
        try entry.encode(type == 4 ? "Custom Status" : short, forKey: .name)
        if type == 4 { try entry.encode(short, forKey: .state) }
    }
}
