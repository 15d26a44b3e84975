// Draws what letters show: once for everybody what everybody gets, and each person's own.

internal import Canvas
internal import Domain
internal import Newsletter
internal import Pictures

struct ArtRoom: Sendable {
    let studio: Studio
    let desk: PosterDesk

    func pictures(of issue: IssueFacts, _ names: Names) async -> IssuePictures {
        var pictures = IssuePictures()
        let charts = IssueCharts(issue: issue, names: names)
        for kind in IssuePictures.Kind.allCases {
            do {
                pictures.charts[kind] = try await studio.draw { try charts.draw(kind) }
            } catch {
                pictures.notes.append(.picture(kind.rawValue, why: "\(error)"))
            }
        }
        desk.forgetStandIns()
        pictures.posters = await desk.posters(of: PosterOrder.all(in: issue))
        return pictures
    }

    func pictures(
        of personal: PersonalFacts, _ period: NewsletterPeriod, beside shared: IssuePictures
    ) async -> PersonalPictures {
        var pictures = PersonalPictures()
        if let chart = personal.weekChart(period) {
            do {
                pictures.week = try await studio.draw { try chart.drawn(.narrow).picture(named: "week.png") }
            } catch {
                pictures.notes.append(.picture("week", why: "\(error)"))
            }
        }
        let orders = PosterOrder.all(in: personal).filter { shared.posters[$0.name] == nil }
        pictures.posters = await desk.posters(of: orders)
        return pictures
    }
}

extension PosterOrder {
    /// What the fullest letter shows.
    static func all(in issue: IssueFacts) -> Set<PosterOrder> {
        let limits = LetterLimits.full
        var orders: Set<PosterOrder> = []
        for library in (issue.added.known ?? []).filter({ $0.items.known?.isEmpty == false }).prefix(limits.libraries) {
            let arranged = LetterData.Arrangement(library.items.known ?? [], limits) { _ in true }
            orders.formUnion((arranged.featured + arranged.tiles).map { PosterOrder($0) })
        }
        for counts in [issue.topMovies, issue.topShows, issue.topArtists] {
            orders.formUnion(counts.prefix(limits.tops).map { PosterOrder($0.title) })
        }
        orders.formUnion(issue.shared.prefix(limits.shared).map { PosterOrder($0.title) })
        return orders
    }

    static func all(in personal: PersonalFacts) -> Set<PosterOrder> {
        let limits = LetterLimits.full
        var orders = Set(personal.top.prefix(limits.personal).map { PosterOrder($0.title) })
        orders.formUnion((personal.followed.known ?? []).prefix(limits.followed).map { PosterOrder($0) })
        orders.formUnion(personal.suggestions.prefix(limits.suggestions).map { PosterOrder($0.title) })
        return orders
    }
}
