// The ring, and an artist's albums with what was played of each.

import Canvas
import Pictures
import Testing

private let amber: UInt32 = 0xF2A93B
private let green: UInt32 = 0x2DBE8D

@Suite struct `A ring` {
    @Test func `is filled as far as the share goes`() throws {
        func filled(_ share: Double?) throws -> Double {
            let shot = try Shot(RingChart(title: "T", caption: "c", share: share).picture().bytes)
            // Around the circle's line, from twelve o'clock.
            let center = (x: 48.0 + 132, y: 44.0 + 132)
            let hits = ring.count { x, y in
                [amber, green].contains(shot.hex(x: Int(center.x + 117 * x), y: Int(center.y - 117 * y)))
            }
            return Double(hits) / Double(ring.count)
        }
        #expect(try filled(nil) == 0 && filled(0) == 0)
        #expect(try abs(filled(0.25) - 0.25) < 0.06)
        #expect(try abs(filled(0.75) - 0.75) < 0.06)
        #expect(try filled(1) == 1 && filled(7) == 1)
        // Nearly is not done.
        #expect(try (0.97..<1).contains(filled(0.9999)))
    }

    /// 360 points of the unit circle, by turning one by one degree.
    private var ring: [(Double, Double)] {
        var point = (x: 0.0, y: 1.0)
        return (0..<360).map { _ in
            defer { point = (point.x * 0.99984770 + point.y * 0.01745241, point.y * 0.99984770 - point.x * 0.01745241) }
            return point
        }
    }

    @Test(arguments: [
        (1, 2, "50%"), (0, 0, "no share"), (999, 1000, "99%"), (1, 1000, "1%"), (5, 5, "100%"), (0, 5, "0%"),
    ])
    func `tells the share`(done: Int, total: Int, words: String) throws {
        let picture = try RingChart(title: "Miles", caption: "tracks", done: done, total: total).picture()
        #expect(picture.alternativeText == "Miles: \(words); tracks.")
    }
}

@Suite struct `A collection` {
    static let cover: [UInt8] = {
        (try? Canvas(width: 20, height: 30, scale: 1, background: Color(0xC81E64)).png()) ?? []
    }()

    func albums(_ count: Int, played: Int = 5, cover: [UInt8]? = nil) -> [CollectionPicture.Album] {
        (0..<count).map { .init("Album \($0)", year: 1950 + $0, cover: cover, played: played, total: 10) }
    }

    func picture(_ albums: [CollectionPicture.Album]) throws -> Picture {
        try CollectionPicture(artist: "Miles Davis", subtitle: "62%", albums: albums).picture()
    }

    @Test func `tells every album's count`() throws {
        #expect(
            try picture(albums(2)).alternativeText == "Miles Davis, 62%: Album 0 5/10; Album 1 5/10.")
    }

    @Test(arguments: [1, 2, 3, 4, 12, 13, 24]) func `shows each album's cover`(count: Int) throws {
        let picture = try picture(albums(count, cover: Self.cover))
        let shot = try Shot(picture.bytes)
        #expect(shot.has(0xC81E64))
        #expect(shot.width == 1200)
    }

    @Test func `draws bars as long as the share, green when all is played`() throws {
        var both = albums(2)
        both[1].played = 10
        let shot = try Shot(picture(both).bytes)
        // The bars of a list: 22 points below the middle of rows 92 points high, 18 apart.
        let rows = (0..<2).map { row in 2 * (22 + 88 + row * 110 + 46 + 22) }
        let (half, whole) = (shot.count(amber, inRow: rows[0]), shot.count(green, inRow: rows[1]))
        #expect(half > 400 && abs(2 * half - whole) < 12)
    }

    @Test func `shows 24 and says how many are left`() throws {
        let (most, more, many) = try (picture(albums(24)), picture(albums(25)), picture(albums(900)))
        #expect(most.height < more.height && more.height == many.height)
        #expect(many.alternativeText.utf16.count <= 1024 && many.alternativeText.hasSuffix(" more."))
    }

    @Test(
        arguments: [[], [1, 2, 3], Array("<html>".utf8), Array(cover.prefix(60)), [0xFF, 0xD8, 0xFF, 0, 0]] as [[UInt8]]
    )
    func `draws a plain tile for a bad cover`(bytes: [UInt8]) throws {
        #expect(try picture(albums(5, cover: bytes)).bytes == picture(albums(5)).bytes)
    }

    @Test func `without albums says so`() throws {
        #expect(try picture([]).alternativeText.contains("no album of this artist"))
    }

    @Test func `bears odd counts and names`() throws {
        for count in [3, 7] {
            let odd = hardNames.prefix(count).map { CollectionPicture.Album($0, played: 7, total: 0) }
            #expect(try picture(Array(odd)).height > 300)
        }
        let over = [CollectionPicture.Album("A", played: 20, total: 10), .init("B", played: -3, total: 10)]
        let shot = try Shot(picture(over).bytes)
        #expect((0..<shot.height).allSatisfy { shot.hex(x: 1199 - 20, y: $0) == card })
    }
}
