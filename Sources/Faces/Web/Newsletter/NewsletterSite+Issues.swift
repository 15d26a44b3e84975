// Past issues: the same page as the letter, from the same templates.

internal import Domain
internal import Newsletter
internal import Runtime
internal import Sockets

extension NewsletterSite {
    func archivePage(_ request: ServerRequest, _ bearer: Bearer) async throws -> ServerResponse {
        guard bearer.issue > 0 else { return try await issues(bearer) }
        return try await issue(bearer, at: request.address)
    }

    private func issues(_ bearer: Bearer) async throws -> ServerResponse {
        var lines: [(String, String)] = []
        for entry in try await archive.sentEntries(most: 60)
        where try await archive.personal(entry.number, of: bearer.person) != nil {
            lines.append(("No. \(entry.number) · \(entry.name)", address(.archive, bearer, issue: entry.number)))
        }
        return SitePages.note(
            "\(await serverName()): past issues", lines.isEmpty ? "There is none for you yet." : "As they were sent.",
            others: lines + [("Preferences", address(.preferences, bearer))])
    }

    private func issue(_ bearer: Bearer, at path: String) async throws -> ServerResponse {
        guard let issue = try await printed(bearer, at: path) else { return lost }
        return SitePages.answer(issue.html, isFramed: true)
    }

    func picture(_ request: ServerRequest, _ bearer: Bearer) async throws -> ServerResponse {
        guard let issue = try await printed(bearer, at: Self.parent(of: request.address)) else { return lost }
        return picture(request, of: issue)
    }

    func picture(_ request: ServerRequest, of issue: Issue) -> ServerResponse {
        guard let picture = issue.pictures.first(where: { $0.name == request.parameters["picture"] }) else {
            return lost
        }
        return ServerResponse(
            status: 200,
            headers: [
                ("Content-Type", picture.type), ("Cache-Control", "private, max-age=3600"),
                ("X-Content-Type-Options", "nosniff"),
            ], body: .bytes(picture.bytes))
    }

    static func parent(of path: String) -> String {
        "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    }

    private func printed(_ bearer: Bearer, at path: String) async throws -> Issue? {
        let base = path.hasSuffix("/") ? String(path.dropLast()) : path
        let key = "\(bearer.person)/\(bearer.issue)/\(base)"
        if let issue = await shelf[key] { return issue }
        guard let issue = try await printer(bearer.person, bearer.issue, { "\(base)/\($0)" }) else { return nil }
        await shelf.keep(issue, as: key)
        return issue
    }

    var lost: ServerResponse {
        SitePages.note("There is no such issue", "It may be of a database that was begun anew.", status: 404)
    }
}
