// The newsletter's settings, as its parts want them.

internal import Letters
internal import Newsletter
internal import Runtime

struct NewsletterSettings: Sendable {
    /// Nil: only when an admin asks.
    var schedule: CronExpression?
    var rhythm: NewsletterPeriod.Rhythm
    var consent: ConsentMode
    var sending: SendingWishes
    var names: NamesPolicy
    var namesLikeMinded: Bool
    var mentionsQuiet: Bool
    /// Nil: as Plex calls itself.
    var title: String?
    var channel: UInt64?
    var home: String?

    /// `text` gives a setting or its default; forms were checked before.
    init(_ text: (String) -> String, schedule: CronExpression?) {
        func given(_ name: String) -> String? { text(name).isEmpty ? nil : text(name) }
        self.schedule = schedule
        rhythm = NewsletterPeriod.Rhythm(rawValue: text("NEWSLETTER_RHYTHM")) ?? .weekly
        consent = ConsentMode(rawValue: text("NEWSLETTER_CONSENT")) ?? .optIn
        let most = Int(text("NEWSLETTER_PER_DAY")) ?? 0
        sending = SendingWishes(
            wantsApproval: Variable.flag(text("NEWSLETTER_APPROVAL")) ?? false,
            quiet: SendingWishes.Quiet(rawValue: text("NEWSLETTER_QUIET")) ?? .skip,
            pace: .seconds(Int(text("NEWSLETTER_PACE")) ?? 5), mostPerDay: most == 0 ? nil : most)
        names = NamesPolicy(rawValue: text("NEWSLETTER_NAMES")) ?? .names
        namesLikeMinded = Variable.flag(text("NEWSLETTER_NAMES_LIKE_MINDED")) ?? false
        mentionsQuiet = Variable.flag(text("NEWSLETTER_MENTION_QUIET")) ?? false
        title = given("NEWSLETTER_TITLE")
        channel = UInt64(text("NEWSLETTER_CHANNEL"))
        home = given("PUBLIC_URL")
    }
}
