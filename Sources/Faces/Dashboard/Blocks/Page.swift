// A page and a deed of the dashboard. A page only reads; a deed changes something, is asked for by a form that carries the
// visitor's own word (Door/), and says in a sentence what came of it.

package import Domain
package import Runtime

/// Where a page stands in the menu.
package enum Section: String, Hashable, Sendable, CaseIterable {
    case overview = "Overview"
    case approvals = "Approvals"
    case newsletter = "Newsletter"
    case prune = "Prune"
    case downloads = "Downloads"
    case tracker = "Tracker"
    case people = "People"
    case jobs = "Jobs"
    case ledger = "Ledger"
    case settings = "Settings"

    package var path: String { self == .overview ? "" : rawValue.lowercased() }
}

/// Whoever has logged in.
package struct Visitor: Hashable, Sendable {
    package var name: String
    /// Of whom asked for the link on Discord; nil: the password was used.
    package var discord: UInt64?

    package init(name: String, discord: UInt64?) {
        self.name = name
        self.discord = discord
    }

    /// As the Ledger names them.
    package var actor: String { discord.map { "discord:\($0)" } ?? "dashboard" }
}

/// One request of somebody who has logged in.
package struct Visit: Sendable {
    package var visitor: Visitor
    package var parameters: [String: String]
    package var query: [String: String]
    /// Of a form; empty where a page is only read.
    package var fields: [String: String]
    /// Files that came with it.
    package var files: [String: [UInt8]] = [:]
    package var now: Instant

    package init(
        visitor: Visitor, parameters: [String: String] = [:], query: [String: String] = [:],
        fields: [String: String] = [:], now: Instant
    ) {
        self.visitor = visitor
        self.parameters = parameters
        self.query = query
        self.fields = fields
        self.now = now
    }
}

package struct Page: Sendable {
    /// Under the dashboard, with `{names}` as a route has them: "people/{person}".
    package var path: String
    package var section: Section
    package var title: String
    /// Follows what changes while it is open; not for pages that are dear to make.
    package var isLive: Bool
    /// How often an open one is made again: seldom where that asks somebody outside.
    package var glance: Duration
    /// Nil: there is no such thing to show.
    package var load: @Sendable (Visit) async throws -> [Block]?

    package init(
        _ path: String, in section: Section, title: String, live isLive: Bool = true,
        every glance: Duration = .seconds(2), load: @escaping @Sendable (Visit) async throws -> [Block]?
    ) {
        self.path = path
        self.section = section
        self.title = title
        self.isLive = isLive
        self.glance = glance
        self.load = load
    }
}

package struct Deed: Sendable {
    package struct Answer: Hashable, Sendable {
        package var words: Prose
        package var tone: Report.Tone
        /// Where to go on, within the dashboard; nil: back to where the form stood.
        package var path: String?

        package init(_ words: Prose, tone: Report.Tone = .good, path: String? = nil) {
            self.words = words
            self.tone = tone
            self.path = path
        }
    }

    package var path: String
    /// More where a file may come.
    package var maxBody: Int
    /// What is asked before it is done; nil: it is done at once.
    package var question: @Sendable (Visit) async throws -> Prose?
    package var perform: @Sendable (Visit) async throws -> Answer

    package init(
        _ path: String, maxBody: Int = 64 << 10,
        question: @escaping @Sendable (Visit) async throws -> Prose? = { _ in nil },
        perform: @escaping @Sendable (Visit) async throws -> Answer
    ) {
        self.path = path
        self.maxBody = maxBody
        self.question = question
        self.perform = perform
    }
}

/// A file to take away: the Ledger as CSV.
package struct Paper: Sendable {
    package var path: String
    package var type: String
    package var name: String
    package var load: @Sendable (Visit) async throws -> [UInt8]

    package init(
        _ path: String, type: String, name: String, load: @escaping @Sendable (Visit) async throws -> [UInt8]
    ) {
        self.path = path
        self.type = type
        self.name = name
        self.load = load
    }
}

/// What the visitor asked for cannot be done, in words for them.
package struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ words: String) { description = words }
}
