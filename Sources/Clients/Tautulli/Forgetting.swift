// Making Tautulli forget somebody (sheet §4): the one call here that destroys what nothing brings back. It says success for
// whoever it is asked about, so what came of it is looked at.

extension Tautulli {
    /// Deletes everything somebody ever played and hides them there: should they come back, they start from nothing, and
    /// nothing of theirs is written down until they are taken up again by hand. Not needed for taking their share away.
    /// False: Tautulli knows nobody by this id.
    package func forget(user id: Int) async throws(TautulliError) -> Bool {
        // 0 is everybody who is nobody in particular.
        guard id > 0 else { throw .refused("to forget nobody in particular (user \(id))") }
        guard let before = try await user(id) else { return false }
        if before.isAdmin { throw .refused("to forget the owner") }
        _ = try await ask("delete_user", [("user_id", String(id))], .onceAtLength, as: Ignored.self)
        guard let after = try await user(id), after.isDeleted else {
            throw .refused("delete_user said it was done, and user \(id) is still there")
        }
        return true
    }
}

/// An answer whose data says nothing.
private struct Ignored: Decodable, Sendable {}
