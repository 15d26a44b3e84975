// The owner of a model's words and banner: asks once per issue, has the answer checked, keeps what came of it. A letter is
// complete without either, so nothing that goes wrong here goes further than a reason in the shelf.

package import Canvas
internal import HTTP
internal import Pictures
package import Runtime
package import Storage
package import Wordsmith

package struct NewsletterWords: Sendable {
    let shelf: WordsShelf
    let smith: Wordsmith?
    let studio: Studio?
    let namesPeople: Bool
    let clock: any Clock
    let log: Log
    /// Five hundred letters made at once ask for their introduction at once.
    private let turnstile = Turnstile()

    /// - Parameters:
    ///   - smith: nil where no endpoint is configured: nobody is asked then, and what was kept is still shown
    ///   - studio: without it no banner is made
    ///   - namesPeople: whether people whom an issue names are named to the model as well
    package init(
        _ database: Database, smith: Wordsmith?, studio: Studio? = nil, namesPeople: Bool = false,
        log: Log = .silent
    ) {
        shelf = WordsShelf(database: database)
        self.smith = smith
        self.studio = studio
        self.namesPeople = namesPeople
        self.log = log.labelled("newsletter")
        clock = database.clock
    }

    // MARK: The introduction

    /// What is kept; asks nobody.
    package func keptIntro(of issue: IssueFacts, in language: String) async throws(NewsletterError) -> IssueIntro? {
        try await stored { () async throws(StorageError) in try await shelf.intro(issue, language) }
    }

    /// The issue's introduction: the kept one, else (or where it `isAnew`) one the model is asked for. Nil where no model
    /// is configured and none is kept. An answer that failed is kept too: nobody gets another letter than the others
    /// because they got theirs later.
    package func intro(
        of issue: IssueFacts, in language: String, isAnew: Bool = false
    ) async throws(NewsletterError) -> IssueIntro? {
        try await enter()
        defer { turnstile.leave() }
        if !isAnew, let kept = try await keptIntro(of: issue, in: language) { return kept }
        guard let smith, let model = smith.textModel else { return nil }
        let facts = WordsFacts(issue, namesPeople: namesPeople)
        var intro = IssueIntro(text: nil, model: model, askedAt: clock.now)
        do throws(WordsmithError) {
            switch try await write(facts, in: language, with: smith) {
            case .fine(let text): intro.text = text
            case .refused(let faults): intro.why = "the model's text was refused: \(Self.words(faults))"
            }
        } catch {
            if error == .cancelled { throw .cancelled }
            intro.why = "\(error)"
        }
        if let why = intro.why {
            log.warning("an issue without introduction", ["issue": "\(issue.number)", "why": why])
        }
        let made = intro
        try await stored { () async throws(StorageError) in try await shelf.keep(made, of: issue, language) }
        return made
    }

    private func write(
        _ facts: WordsFacts, in language: String, with smith: Wordsmith
    ) async throws(WordsmithError) -> WordsVerdict {
        let first = try await smith.text(WordsPrompt.messages(facts, in: language))
        guard case .refused(let faults) = WordsCheck.verdict(first, facts, in: language) else {
            return WordsCheck.verdict(first, facts, in: language)
        }
        log.info("the model's text was refused, asking once more", ["why": Self.words(faults)])
        let second = try await smith.text(WordsPrompt.messages(after: first, faults, facts, in: language))
        return WordsCheck.verdict(second, facts, in: language)
    }

    private static func words(_ faults: [WordsFault]) -> String {
        faults.prefix(3).map { String($0.description.prefix(160)) }.joined(separator: "; ")
    }

    // MARK: The banner

    /// What is kept; asks nobody.
    package func keptBanner(of issue: IssueFacts) async throws(NewsletterError) -> IssueBanner? {
        try await stored { () async throws(StorageError) in try await shelf.banner(issue) }
    }

    /// As the introduction; the same for every language.
    package func banner(
        of issue: IssueFacts, isAnew: Bool = false
    ) async throws(NewsletterError) -> IssueBanner? {
        try await enter()
        defer { turnstile.leave() }
        if !isAnew, let kept = try await keptBanner(of: issue) { return kept }
        guard let smith, let studio, let model = smith.imageModel else { return nil }
        var banner = IssueBanner(jpeg: nil, model: model, askedAt: clock.now)
        do throws(WordsmithError) {
            let file = try await smith.picture(BannerPrompt.words(for: issue))
            switch await Self.drawn(file, in: studio) {
            case .success(let picture):
                (banner.jpeg, banner.width, banner.height) = (picture.bytes, picture.width, picture.height)
            case .failure(let refusal): banner.why = "the model's picture was refused: \(refusal)"
            }
        } catch {
            if error == .cancelled { throw .cancelled }
            banner.why = "\(error)"
        }
        if let why = banner.why { log.warning("an issue without banner", ["issue": "\(issue.number)", "why": why]) }
        let made = banner
        try await stored { () async throws(StorageError) in try await shelf.keep(made, of: issue) }
        return made
    }

    private static func drawn(_ file: [UInt8], in studio: Studio) async -> Result<Picture, BannerRefusal> {
        await studio.draw {
            do throws(BannerRefusal) { return .success(try Banner(file).picture()) } catch { return .failure(error) }
        }
    }

    // MARK: Plumbing

    private func enter() async throws(NewsletterError) {
        do throws(CancellationError) { try await turnstile.enter() } catch { throw .cancelled }
    }

    private func stored<Value>(
        _ work: () async throws(StorageError) -> Value
    ) async throws(NewsletterError) -> Value {
        do throws(StorageError) { return try await work() } catch { throw .storage(error) }
    }
}
