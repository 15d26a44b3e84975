// A letter for an admin to look at, at phone and desktop width and as text: of an issue, or while the owner writes
// templates, and then anew with each change of a file. The page is told of changes by server-sent events (HTML standard,
// 9.2) and brings what it shows up to date itself.

internal import FoundationEssentials
internal import Newsletter
internal import Runtime
internal import Sockets

extension NewsletterSite {
    private static let glance = Duration.seconds(1)
    private static let patience = Duration.seconds(30)

    func frames(_ request: ServerRequest, _ bearer: Bearer) async throws -> ServerResponse {
        let address = Self.trimmed(request.address)
        guard let (proof, mark) = try await proof(bearer, at: address) else { return lost }
        let isLive = request.path.hasPrefix("/newsletter/\(NewsletterLinks.Purpose.templates.rawValue)/")
        return try LookingPages.frames(
            proof, at: address, script: base + LiveScript.path, mark: mark, isLive: isLive)
    }

    func proofLetter(_ request: ServerRequest, _ bearer: Bearer) async throws -> ServerResponse {
        guard let (proof, _) = try await proof(bearer, at: Self.parent(of: request.address)) else { return lost }
        return SitePages.answer(proof.letter.html, isFramed: true)
    }

    func proofText(_ request: ServerRequest, _ bearer: Bearer) async throws -> ServerResponse {
        guard let (proof, _) = try await proof(bearer, at: Self.parent(of: request.address)) else { return lost }
        return try LookingPages.text(proof.text)
    }

    func proofPicture(_ request: ServerRequest, _ bearer: Bearer) async throws -> ServerResponse {
        let address = Self.parent(of: Self.parent(of: request.address))
        guard let (proof, _) = try await proof(bearer, at: address) else { return lost }
        return picture(request, of: proof.letter)
    }

    func follow(_ request: ServerRequest, _ bearer: Bearer) async throws -> ServerResponse {
        var response = ServerResponse.events(events(bearer, at: Self.parent(of: request.address)))
        response.headers += [("X-Content-Type-Options", "nosniff")]
        return response
    }

    /// What the page shows, told at once and after each change; what could not be shown is tried again.
    func events(_ bearer: Bearer, at address: String) -> AsyncStream<[UInt8]> {
        let follower = Follower { last in
            let since = clock.now
            while let last, looking.mark() == last.mark, !last.isTroubled || clock.now - since < Self.patience {
                guard (try? await clock.sleep(for: Self.glance)) != nil else { return nil }
            }
            return await news(bearer, at: address)
        }
        return AsyncStream { await follower.next() }
    }

    private func news(_ bearer: Bearer, at address: String) async -> LiveNews {
        let mark = looking.mark()
        do {
            if let (proof, mark) = try await proof(bearer, at: address) { return LiveNews(proof, mark: mark) }
            return LiveNews(trouble: "There is no letter for this person any more.", mark: mark)
        } catch {
            log.warning("a letter could not be shown: \(error)")
            return LiveNews(trouble: "The letter cannot be made at the moment: \(error)", mark: mark)
        }
    }

    /// With the templates as they are now.
    private func proof(_ bearer: Bearer, at address: String) async throws -> (Proof, mark: Int)? {
        let mark = looking.mark()
        let key = "\(mark) \(bearer.issue) \(address)"
        if let proof = await proofs[key] { return (proof, mark) }
        guard let proof = try await looking.proof(bearer.person, bearer.issue, { "\(address)/letter/\($0)" }) else {
            return nil
        }
        await proofs.keep(proof, as: key)
        return (proof, mark)
    }

    private static func trimmed(_ path: String) -> String { path.hasSuffix("/") ? String(path.dropLast()) : path }
}

/// What one page was told last. It is asked by one listener only, one piece after the other.
private actor Follower {
    private let look: @Sendable (LiveNews?) async -> LiveNews?
    private var last: LiveNews?

    init(_ look: @escaping @Sendable (LiveNews?) async -> LiveNews?) { self.look = look }

    func next() async -> [UInt8]? {
        last = await look(last)
        return last?.event
    }
}

/// What an event tells the page.
private struct LiveNews: Sendable {
    private struct Words: Codable {
        // A text: JavaScript's numbers are not wide enough.
        var mark: String
        var subject = ""
        var size = ""
        var notes: [String] = []
        var trouble: String?
    }

    let mark: Int
    private var words: Words
    var isTroubled: Bool { words.trouble != nil }

    init(_ proof: NewsletterSite.Proof, mark: Int) {
        self.mark = mark
        words = Words(mark: "\(mark)", subject: proof.subject, size: proof.size, notes: proof.notes)
    }

    init(trouble: String, mark: Int) {
        self.mark = mark
        words = Words(mark: "\(mark)", trouble: trouble)
    }

    /// One line of JSON: it has no line breaks of its own.
    var event: [UInt8] {
        let json = (try? JSONEncoder().encode(words)) ?? Data()
        return Array("event: letter\nid: \(mark)\ndata: ".utf8) + json + Array("\n\n".utf8)
    }
}
