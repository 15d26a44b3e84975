// One letter set to fit: pictures within their budget, then the HTML within its own, by showing less and less. Pure.

internal import Domain
internal import Mail
internal import Newsletter
internal import Pictures
internal import Templates

struct Composition {
    struct Finished {
        var subject: String
        var html: String
        var text: String
        var pictures: [Mail.Picture]
        var notes: [LetterNote]
    }

    let issue: IssueFacts
    let personal: PersonalFacts?
    let reader: LetterData.Reader
    let settings: LetterSettings
    let extras: LetterExtras
    let shared: IssuePictures
    let own: PersonalPictures?

    func set(with shelf: TemplateShelf) throws(TemplateError) -> Finished {
        let all = ShownPictures(shared, own, keeping: nil) { $0.name }.all(banner: extras.banner)
        let budget = PictureBudget(candidates(all), limit: settings.budget.pictures)
        let shown = ShownPictures(shared, own, keeping: budget.kept) { "cid:\(Self.contentID($0.name))" }
        var notes: [LetterNote] = budget.dropped.filter { $0 != "people.png" }.map { .leftOut("the picture \($0)") }
        var data = data(.full, shown)
        var html = try shelf.renderOrFallBack(BuiltInTemplates.htmlName, with: data.value)
        var step = 0
        while html.text.utf8.count > settings.budget.html, step + 1 < LetterLimits.steps.count {
            step += 1
            data = self.data(LetterLimits.steps[step], shown)
            html = try shelf.renderOrFallBack(BuiltInTemplates.htmlName, with: data.value)
        }
        let text = try shelf.renderOrFallBack(BuiltInTemplates.textName, with: data.value, escaping: .none)
        if step > 0 { notes.append(.leftOut("items of long lists (step \(step) of \(LetterLimits.steps.count - 1))")) }
        notes += self.notes(html, text, limit: settings.budget.html)
        let used = Self.contentIDs(in: html.text)
        let pictures = all.filter { used.contains(Self.contentID($0.name)) }.map(Self.attached)
        return Finished(
            subject: data.headline.subject, html: html.text, text: text.text, pictures: pictures, notes: notes)
    }

    /// No mail program cuts a page off, so it shows everything.
    func page(
        with shelf: TemplateShelf, address: @escaping @Sendable (String) -> String
    ) throws(TemplateError) -> LetterPage {
        let shown = ShownPictures(shared, own, keeping: nil) { address($0.name) }
        let data = data(.full, shown)
        let html = try shelf.renderOrFallBack(BuiltInTemplates.htmlName, with: data.value)
        return LetterPage(
            title: data.headline.subject, html: html.text, pictures: shown.all(banner: extras.banner),
            notes: LetterNote.fallBacks(html))
    }

    /// Names in the templates that the facts do not have, and what else an owner should look at.
    func slips(with shelf: TemplateShelf) -> [LetterNote] {
        let data = data(.full, ShownPictures(shared, own, keeping: nil) { "cid:\(Self.contentID($0.name))" })
        do throws(TemplateError) {
            let html = try shelf.preview(BuiltInTemplates.htmlName, with: data.value)
            let text = try shelf.preview(BuiltInTemplates.textName, with: data.value, escaping: .none)
            return LetterNote.slips(html, text)
        } catch { return [LetterNote(error)] }
    }

    func data(_ limits: LetterLimits, _ shown: ShownPictures) -> LetterData {
        LetterData(
            issue: issue, personal: personal, reader: reader, settings: settings,
            names: Names(settings.names, of: issue), extras: extras, limits: limits, pictures: shown)
    }

    private func notes(_ html: RenderedTemplate, _ text: RenderedTemplate, limit: Int) -> [LetterNote] {
        var notes = LetterNote.fallBacks(html, text)
        if html.text.utf8.count > limit { notes.append(.tooLarge(html.text.utf8.count, limit: limit)) }
        let way = LetterData.unsubscribing(reader.links)?.replacing("&", with: "&amp;")
        if let way, !html.text.contains(way) { notes.append(.noWayOut) }
        return notes
    }
}

// Pictures.
extension Composition {
    private func candidates(_ all: [Pictures.Picture]) -> [PictureBudget.Candidate] {
        let featured = Set(
            (issue.added.known ?? []).flatMap { library in
                LetterData.Arrangement(library.items.known ?? [], .full) { _ in true }.featured.map {
                    PosterOrder($0).name
                }
            })
        return all.map { picture in
            let chart = shared.charts.first { $0.value.name == picture.name }?.key
            let isOwn = own?.posters[picture.name] != nil
            let rank =
                picture.name == extras.banner?.name || picture.name == own?.week?.name
                ? 0 : chart.map(Self.rank) ?? (isOwn || featured.contains(picture.name) ? 3 : 5)
            return PictureBudget.Candidate(picture.name, picture.bytes.count, rank: rank)
        }
    }

    private static func rank(_ kind: IssuePictures.Kind) -> Int {
        switch kind {
        case .activity: 1
        case .network: 2
        case .hours: 4
        case .growth: 6
        case .deliveries: 7
        case .race: 8
        // Stands in for the race where that does not fit.
        case .people: 9
        // For Discord: the letter has these as text.
        case .titles: 10
        }
    }

    static func contentID(_ name: String) -> String { "\(name.prefix { $0 != "." })@autoplex" }

    private static func attached(_ picture: Pictures.Picture) -> Mail.Picture {
        Mail.Picture(
            contentID: contentID(picture.name), type: picture.kind.mediaType, filename: picture.name,
            bytes: picture.bytes)
    }

    /// What the HTML shows: an owner's template may show less than we have, and what is not shown is not sent.
    private static func contentIDs(in html: String) -> Set<String> {
        // By bytes: a letter has 60,000 of them, and to look for a text among characters takes ten times as long.
        let words = html.utf8.split(separator: UInt8(ascii: "\"")).filter { $0.starts(with: "cid:".utf8) }
        return Set(words.map { String(Substring($0.dropFirst(4))) })
    }
}
