// Asks once a day whether there is a newer version, and says so once for each. Nothing is sent along but what every request
// has; UPDATE_CHECK=false leaves it be. What cannot be read is no news.

internal import Domain
internal import FoundationEssentials
internal import HTTP
internal import Runtime
internal import Storage

struct UpdateCheck: Sendable {
    static let remembered = "update.told"

    let address: String
    let running: String
    let http: HTTPClient
    let database: Database
    let log: Log

    /// As the pages of releases answer for the newest one.
    private struct Release: Decodable {
        var tag_name: String
        var html_url: String?
        var draft: Bool?
        var prerelease: Bool?
    }

    /// Nil: nothing new, or nothing that can be read.
    func look() async throws -> Report? {
        guard let release = await release(), release.draft != true, release.prerelease != true else { return nil }
        let name = release.tag_name.hasPrefix("v") ? String(release.tag_name.dropFirst()) : release.tag_name
        guard let new = Self.numbers(name), let mine = Self.numbers(running), mine.lexicographicallyPrecedes(new)
        else { return nil }
        let memory = Remembered(database)
        guard try await memory.get(Self.remembered) != name else { return nil }
        try await memory.set(Self.remembered, name)
        var report = Report("Autoplex \(name) is there", lines: ["This is \(running)."])
        if let page = release.html_url, page.hasPrefix("https://") {
            report.lines.append("\(link: "What is new", to: page)")
        }
        return report
    }

    private func release() async -> Release? {
        var request = HTTPRequest("GET", address, headers: [(name: "Accept", value: "application/json")])
        request.limits = HTTPLimits(connect: .seconds(10), total: .seconds(20), stall: .seconds(20), maxBody: 1 << 20)
        request.followsRedirects = true
        do throws(HTTPError) {
            let response = try await http.send(request)
            guard response.isSuccess else {
                log.debug("nobody knows of newer versions", ["status": "\(response.status)"])
                return nil
            }
            return try? JSONDecoder().decode(Release.self, from: Data(response.body))
        } catch {
            log.debug("nobody knows of newer versions", ["why": "\(error)"])
            return nil
        }
    }

    /// "1.10.2"; nil for what is no plain version.
    static func numbers(_ version: String) -> [Int]? {
        let parts = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...4).contains(parts.count), parts.allSatisfy({ $0 != nil && $0 ?? 0 >= 0 }) else { return nil }
        let numbers = parts.compactMap(\.self)
        return numbers + Array(repeating: 0, count: 4 - numbers.count)
    }
}
