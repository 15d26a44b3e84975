// The settings of the tracker, as its parts want them.

internal import Tracker

struct TrackerSettings: Sendable {
    enum Keeper: String, Sendable { case plex, tautulli, off }

    var wishes: TrackerWishes
    /// Where finished seasons are told.
    var channel: UInt64?
    var history: Keeper
    var perMinute: Int
    /// Without a slash at its end; nil: nobody said.
    var address: String?

    /// `text` gives a setting or its default; forms were checked before.
    init(_ text: (String) -> String) {
        wishes = TrackerWishes(
            isOn: text("TRACKER") == "on", isForEverybody: text("TRACKER_PEOPLE") == "everybody",
            autoAdd: Variable.flag(text("TRACKER_AUTO_ADD")) ?? true,
            autoWatch: Variable.flag(text("TRACKER_AUTO_WATCH")) ?? true, keepDays: Int(text("TRACKER_LOG_DAYS")) ?? 90)
        channel = UInt64(text("TRACKER_CHANNEL"))
        history = Keeper(rawValue: text("TRACKER_HISTORY")) ?? .plex
        perMinute = Int(text("PLEX_RATE_LIMIT")) ?? 100
        var address = text("PUBLIC_WEBHOOK_URL")
        if address.isEmpty { address = text("PUBLIC_URL") }
        while address.hasSuffix("/") { address.removeLast() }
        self.address = address.isEmpty ? nil : address
    }
}
