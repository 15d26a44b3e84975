// Jellystat's rows of who watched a film, 1.1 and before. Its routes and names are its own: the body says `itemid` in small
// letters, paging stands in the query even of a POST, and an `Authorization` header would be taken for a login and the
// key be ignored. An error of its database is an empty list with status 200: nothing found proves nothing.

internal import FoundationEssentials
package import HTTP
internal import LooseJSON
package import Runtime

package struct Jellystat: Sendable {
    private let base: String
    private let key: Secret
    private let http: HTTPClient
    private let clock: any Clock
    private let log: Log
    private let patience: RetryPolicy
    private let chance: @Sendable () -> Double

    package init(
        url: String, apiKey: Secret, http: HTTPClient, clock: any Clock, log: Log, patience: RetryPolicy = .standard,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        var base = Substring(url)
        while base.hasSuffix("/") { base = base.dropLast() }
        self.base = String(base)
        key = apiKey
        self.http = http
        self.clock = clock
        self.log = log.labelled("jellystat")
        self.patience = patience
        self.chance = chance
    }

    private static let pageSize = 100
    private static let mostPages = 20

    /// Every row of an item since then, newest first, once each.
    package func history(item: String, since: Instant) async throws(JellystatError) -> JellystatHistory {
        var rows: [JellystatRow] = []
        var strangers = 0
        var number = 1
        while true {
            let page = try await page(number, of: item, since: since)
            rows += page.rows
            strangers += page.strangers
            guard let pages = page.pages, number < pages else { break }
            guard number < Self.mostPages else {
                throw .unreadable("the history of an item: more than \(Self.mostPages) pages")
            }
            number += 1
        }
        if strangers > 0 { throw .unreadable("the history of an item: \(strangers) rows make no sense") }
        var seen: Set<String> = []
        // The filter is asked for, and held again here: an unknown one would be an error, and so an empty list.
        let kept = rows.filter { $0.ended >= since && seen.insert($0.id).inserted }
        return JellystatHistory(rows: kept.sorted { $0.ended > $1.ended })
    }

    /// The harmless question that needs the key: the history of nothing.
    package func check() async throws(JellystatError) {
        _ = try await page(1, of: "none", since: clock.now)
    }

    private struct Page {
        var rows: [JellystatRow]
        /// What could not be read.
        var strangers: Int
        /// Nil: an old Jellystat, which sends all at once.
        var pages: Int?
    }

    private func page(_ number: Int, of item: String, since: Instant) async throws(JellystatError) -> Page {
        let filter = JSONText.list([
            .fields(["field": .text("ActivityDateInserted"), "min": .text(LocalTime.utc.iso8601(since))])
        ])
        let query = [
            (name: "size", value: "\(Self.pageSize)"), (name: "page", value: "\(number)"),
            (name: "sort", value: "ActivityDateInserted"), (name: "desc", value: "true"),
            (name: "filters", value: String(decoding: filter.bytes, as: UTF8.self)),
        ]
        var request = HTTPRequest(
            "POST", base + "/api/getItemHistory".asking(query),
            headers: [("Accept", "application/json"), ("x-api-token", key.reveal())],
            body: .json(JSONText.fields(["itemid": .text(item)]).bytes))
        // In some failures it never answers at all.
        request.limits = HTTPLimits(connect: .seconds(10), total: .seconds(30), stall: .seconds(30), maxBody: 16 << 20)
        let response: HTTPResponse
        do throws(HTTPError) {
            // A POST that only reads.
            response = try await http.send(request, retrying: patience, clock: clock, chance: chance)
        } catch { throw JellystatError(error) }
        guard response.isSuccess else {
            log.debug("Jellystat refuses", ["status": "\(response.status)"])
            throw JellystatError(status: response.status, body: response.body)
        }
        guard let json = try? Loose(response.body, deepest: 64) else {
            throw .unreadable("the history of an item: not the JSON it should be")
        }
        let elements: [Loose]
        var pages: Int?
        switch json {
        case .list(let all): elements = all
        case .fields where json["results"] != nil:
            elements = json.elements("results")
            pages = json.whole("pages") ?? 1
        default: throw .unreadable("the history of an item: neither a list nor a page")
        }
        let rows = elements.compactMap { JellystatRow($0) }
        return Page(rows: rows, strangers: elements.count - rows.count, pages: pages)
    }
}
