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
    /// What is needed to give a share back. Nil: there is no share of that number. Throws rather than leave out what an
    /// undo would need: without it nothing may be taken.
    package func snapshot(
        ofShare number: Int, of user: Int, onServer machine: String, lastCount: Int
    ) async throws(PlexTVError) -> PlexTVShareSnapshot? {
        let shares = try await shares(ofServer: machine, lastCount: lastCount)
        guard let share = shares.first(where: { $0.id == number }) else { return nil }
        guard share.userID == user else { throw .unbelievable("share \(number) is somebody else's") }
        let shared = share.sections.filter { $0.isShared || share.sharesAllLibraries }
        guard !shared.isEmpty else { throw .unreadable("share \(number): none of its libraries was told") }
        var rights = share.rights
        if !rights.isWhole {
            // The account knows them too.
            let people = try await users(lastCount: 1)
            guard let person = people.first(where: { $0.id == user }) else {
                throw .unbelievable("the users: user \(user) has a share and is not among them")
            }
            rights = rights.filled(from: person.rights)
        }
        guard rights.isWhole else { throw .unreadable("share \(number): not all of its rights were told") }
        return PlexTVShareSnapshot(
            shareID: share.id, machineIdentifier: machine, userID: share.userID, username: share.username,
            email: share.email, sharesAllLibraries: share.sharesAllLibraries,
            libraries: shared.map { PlexTVShareSnapshot.Library(id: $0.id, title: $0.title) }, rights: rights)
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
