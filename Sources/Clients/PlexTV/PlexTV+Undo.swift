// Taking a share so that it can be given back: first everything of it is read, then it may be taken, and from what was
// read an invitation is made (sheet plex.md §8).
//
// What no call of plex.tv brings back, so that whoever undoes has to be told: the share comes as an invitation they must
// accept; an invitation names its libraries one by one, so somebody who had all of them has those there are now, and not
// those added later; live television, subtitles and the filters of photos and of everything stand in no invitation.

/// All there is to know of one person's share of one server, without its token.
package struct PlexTVShareSnapshot: Hashable, Sendable {
    package struct Library: Hashable, Sendable {
        /// plex.tv's own.
        package var id: Int
        package var title: String

        package init(id: Int, title: String) {
            self.id = id
            self.title = title
        }
    }

    package var shareID: Int
    package var machineIdentifier: String
    package var userID: Int
    package var username: String
    package var email: String
    package var sharesAllLibraries: Bool
    /// Those that were shared, also where it was all of them.
    package var libraries: [Library]
    package var rights: PlexTVRights

    package init(
        shareID: Int, machineIdentifier: String, userID: Int, username: String, email: String,
        sharesAllLibraries: Bool, libraries: [Library], rights: PlexTVRights
    ) {
        self.shareID = shareID
        self.machineIdentifier = machineIdentifier
        self.userID = userID
        self.username = username
        self.email = email
        self.sharesAllLibraries = sharesAllLibraries
        self.libraries = libraries
        self.rights = rights
    }
}

extension PlexTV {
    /// The share somebody has of a server, with all an undo needs. Nil: they have none, and both of plex.tv's lists say so,
    /// since after the last guest left an empty list is the truth. Throws rather than leave out anything: without it
    /// nothing may be taken.
    package func snapshot(of user: Int, onServer machine: String) async throws(PlexTVError) -> PlexTVShareSnapshot? {
        let theirs = try await shares(ofServer: machine, lastCount: 0).filter { $0.userID == user }
        guard theirs.count <= 1 else { throw .unbelievable("the shares: user \(user) has \(theirs.count)") }
        let share = theirs.first
        if let share, share.acceptedAt != nil, share.rights.isWhole { return try snapshot(share, machine) }
        // The account knows the rest: what they may, and whether they have accepted.
        let person = try await users(lastCount: 1).first { $0.id == user }
        let server = person?.servers.first { $0.machineIdentifier == machine }
        guard var share else {
            guard let server, !server.isPending else { return nil }
            throw .unbelievable("user \(user) has share \(server.shareID), and the shares lack it")
        }
        guard let person, let server, server.shareID == share.id else {
            throw .unbelievable("user \(user) has share \(share.id), and the users lack it")
        }
        if server.isPending { return nil }
        share.rights = share.rights.filled(from: person.rights)
        return try snapshot(share, machine)
    }

    private func snapshot(
        _ share: PlexTVShare, _ machine: String
    ) throws(PlexTVError) -> PlexTVShareSnapshot {
        let shared = share.sections.filter { $0.isShared || share.sharesAllLibraries }
        guard !shared.isEmpty else { throw .unreadable("share \(share.id): none of its libraries was told") }
        guard share.rights.isWhole else { throw .unreadable("share \(share.id): not all of its rights were told") }
        return PlexTVShareSnapshot(
            shareID: share.id, machineIdentifier: machine, userID: share.userID, username: share.username,
            email: share.email, sharesAllLibraries: share.sharesAllLibraries,
            libraries: shared.map { PlexTVShareSnapshot.Library(id: $0.id, title: $0.title) }, rights: share.rights)
    }

    /// Invites somebody to what they had. What comes back are sentences for the owner: what could not be given again.
    package func inviteAgain(_ snapshot: PlexTVShareSnapshot) async throws(PlexTVError) -> [String] {
        let known = try await sections(ofServer: snapshot.machineIdentifier)
        let had = Set(snapshot.libraries.map(\.id))
        let libraries = snapshot.sharesAllLibraries ? known : known.filter { had.contains($0.id) }
        guard !libraries.isEmpty else { throw .invalid("none of the libraries they had is there any more") }
        try await invite(
            .account(snapshot.userID), toServer: snapshot.machineIdentifier, sections: libraries.map(\.id),
            rights: snapshot.rights)
        return Self.losses(of: snapshot, now: known)
    }

    private static func losses(of snapshot: PlexTVShareSnapshot, now known: [PlexTVSection]) -> [String] {
        let there = Set(known.map(\.id))
        var losses = snapshot.libraries.filter { !there.contains($0.id) }.map {
            "The library \($0.title) is no longer there."
        }
        if snapshot.sharesAllLibraries {
            losses.append("They had all libraries: they get those there are now, and not those added later.")
        }
        return losses + snapshot.rights.beyondInvitations.map { "No invitation can give \($0): set it in Plex." }
    }
}
