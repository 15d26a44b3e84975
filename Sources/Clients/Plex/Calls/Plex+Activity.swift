// What plays now and what was played (sheet plex.md §3).

internal import HTTP
package import Runtime

extension Plex {
    package func sessions() async throws(PlexError) -> PlexSessions {
        var call = PlexCall("GET", "/status/sessions", what: "the streams")
        // Somebody waits for this one.
        call.limits = HTTPLimits(connect: .seconds(5), total: .seconds(20), stall: .seconds(15))
        let answer = try await read(call)
        var result = PlexSessions()
        let nodes = answer.container.list("Metadata")
        for (index, node) in nodes.enumerated() where !PlexSession.isTheme(node) {
            do throws(Unreadable) {
                result.sessions.append(try PlexSession(node, in: answer.container))
            } catch {
                result.unreadable.append("stream \(index + 1) of \(nodes.count) \(error.why)")
            }
        }
        if let size = answer.size, size > nodes.count {
            result.unreadable.append("\(size - nodes.count) of \(size) streams were announced but not listed")
        }
        return result
    }

    /// Ends a stream; the player shows `reason`.
    package func terminate(sessionID: String, reason: String) async throws(PlexError) {
        // With an empty id Plex answers 403, which reads as a lack of rights.
        guard !sessionID.isEmpty else { throw .notFound("a stream without an id") }
        let call = PlexCall(
            "POST", "/status/sessions/terminate", [("sessionId", sessionID), ("reason", reason)],
            what: "that stream")
        do throws(PlexError) { try await write(call) } catch {
            // Here 401 does not mean the token (sheet §3).
            throw error == .rejectedToken
                ? .forbidden("ending a stream needs the owner's token and Plex Pass") : error
        }
    }

    /// Each account's newest play since then: the owner is 1. Whole, or an error: a page that cannot be read, or one row of
    /// it, could be the very one that shows somebody was here. Nobody since then is an empty answer.
    package func newestPlays(since: Instant) async throws(PlexError) -> [Int: PlexHistoryRow] {
        var newest: [Int: PlexHistoryRow] = [:]
        // Oldest first, so that what comes meanwhile stands at the end; of a list read again every row counts once more.
        var pages = history(PlexHistoryFilter(since: since)).makeAsyncIterator()
        while let page = try await pages.next() {
            if let why = page.unreadable.first { throw .unreadable(why) }
            for row in page.rows where row.viewedAt >= newest[row.accountID]?.viewedAt ?? row.viewedAt {
                newest[row.accountID] = row
            }
        }
        return newest
    }

    /// Plays by anyone the token may see: the owner sees all.
    package func history(_ filter: PlexHistoryFilter = PlexHistoryFilter()) -> PlexPages<PlexHistoryRow> {
        var query = [("sort", filter.isNewestFirst ? "viewedAt:desc" : "viewedAt")]
        if let account = filter.accountID { query.append(("accountID", "\(account)")) }
        if let section = filter.sectionID { query.append(("librarySectionID", "\(section)")) }
        if let item = filter.item { query.append(("metadataItemID", item)) }
        if let since = filter.since { query.append(("viewedAt>", "\(since.seconds)")) }
        return PlexPages(
            plex: self, call: PlexCall("GET", "/status/sessions/history/all", query, what: "the history"),
            read: { answer throws(PlexError) in
                try answer.outcomes("Metadata") { node throws(Unreadable) in try PlexHistoryRow(node) }
            },
            key: { $0.historyKey })
    }
}
