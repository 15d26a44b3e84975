// A poster is fetched once: what is on the shelf is not asked for again, as long as it can be trusted.

import Canvas
import Domain
@testable import Letters
import Newsletter
import NewsletterSamples
import Pictures
import Runtime
import Synchronization
import Testing

@Suite struct `The poster desk` {
    private static let png = (try? Canvas(width: 90, height: 140, scale: 1, background: Color(0xC81E64)).png()) ?? []

    /// A shelf in memory, and a server that counts what it is asked.
    private final class Server: Sendable {
        let asked = Mutex<[String]>([])
        let answer: Mutex<[UInt8]?>
        let shelved = Mutex<[String: PosterShelf.Found]>([:])

        init(_ answer: [UInt8]?) { self.answer = Mutex(answer) }

        func desk() throws -> PosterDesk {
            PosterDesk(
                { path in
                    self.asked.withLock { $0.append(path) }
                    return self.answer.withLock { $0 }
                },
                shelf: PosterShelf(
                    get: { key in self.shelved.withLock { $0[key] } },
                    put: { key, jpeg in self.shelved.withLock { $0[key] = .init(jpeg, age: .seconds(0)) } }),
                try Studio())
        }

        func age(by age: Duration) {
            shelved.withLock { shelf in for key in shelf.keys { shelf[key]?.age = age } }
        }
    }

    private static let versioned = PosterOrder(
        Addition(
            .movie, "Dune", ratingKey: 7, posterPath: "/library/metadata/7/thumb/1794000000",
            addedAt: .init(seconds: 0)))
    private static let plain = PosterOrder(FactsTitle(.movie, "Dune", ratingKey: 7))

    @Test(arguments: [versioned, plain]) func `fetches once, also over a restart`(order: PosterOrder) async throws {
        let server = Server(Self.png)
        let first = await (try server.desk()).poster(of: order)
        let again = await (try server.desk()).poster(of: order)
        #expect(first != nil && again == first)
        #expect(server.asked.withLock { $0.count } == 1)
        #expect(server.shelved.withLock { $0.values.allSatisfy { $0.jpeg.count <= PosterDesk.mostBytes } })
    }

    @Test func `fetches anew another version, and another form`() async throws {
        let server = Server(Self.png)
        let desk = try server.desk()
        var other = Self.versioned
        other.path = "/library/metadata/7/thumb/1794000001"
        var square = Self.versioned
        square.isSquare = true
        for order in [Self.versioned, other, square] { _ = await desk.poster(of: order) }
        #expect(server.asked.withLock { $0.count } == 3 && server.shelved.withLock { $0.count } == 3)
    }

    @Test func `asks again after a month where the path does not tell the version`() async throws {
        let server = Server(Self.png)
        for order in [Self.versioned, Self.plain] { _ = await (try server.desk()).poster(of: order) }
        server.age(by: .days(31))
        for order in [Self.versioned, Self.plain] { _ = await (try server.desk()).poster(of: order) }
        #expect(server.asked.withLock { $0 }.dropFirst(2) == ["/library/metadata/7/thumb"])
        // And takes the old one where there is no answer.
        server.age(by: .days(31))
        server.answer.withLock { $0 = nil }
        let poster = await (try server.desk()).poster(of: Self.plain)
        #expect(poster?.bytes == server.shelved.withLock { $0.values.first }?.jpeg)
    }

    static let bad: [[UInt8]?] = [
        nil, [], Array("<html>".utf8), Array(png.prefix(50)), try? Canvas(width: 1, height: 1, scale: 1).png(),
        png + [UInt8](repeating: 0, count: 20 << 20),
    ]

    @Test(arguments: bad.indices) func `keeps no stand-in, and asks again for the next issue`(index: Int) async throws {
        let server = Server(Self.bad[index])
        let desk = try server.desk()
        let tile = await desk.poster(of: Self.versioned)
        #expect(tile != nil && server.shelved.withLock { $0.isEmpty })
        _ = await desk.poster(of: Self.versioned)
        #expect(server.asked.withLock { $0.count } == 1)
        desk.forgetStandIns()
        server.answer.withLock { $0 = Self.png }
        let poster = await desk.poster(of: Self.versioned)
        #expect(poster != tile && server.asked.withLock { $0.count } == 2)
    }
}
