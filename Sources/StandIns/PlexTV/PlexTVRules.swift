// How plex.tv behaves where reports disagree (sheet plex.md §8): to be set by the test.

package struct PlexTVRules: Sendable {
    /// PUT /api/v2/sharings/{}: 404 in one report, in use in another.
    package var sharingsCanBeChanged = true
    /// The newer way to invite: some saw 404 with code 1002.
    package var invitesByV2 = true
    package var hasPlexPass = true
    /// A friend whose share was taken is invited again: reported (2026) that they must accept anew.
    package var friendsMustAccept = true
    /// Whether a share names what it allows, and not only the account does.
    package var sharesTellRights = true
    /// The older half says its refusals with status 200.
    package var refusesPolitely = false
    package var pinLife = Duration.seconds(1_800)
    package var journalLimit = 20_000

    package init() {}

    package static let standard = PlexTVRules()
}
