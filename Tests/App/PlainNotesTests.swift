// Endings that are only written down wait in their order, and not without end.

import Domain
import Runtime
import Testing

@testable import App

@Suite struct `Endings that are only written down` {
    static func ending(_ number: Int) -> Playback {
        Playback(source: .jellyfin, film: FilmIDs(title: "X"), at: Instant(seconds: Int64(number)))
    }

    @Test func `wait in their order, a few taken at a time`() {
        let notes = PlainNotes()
        #expect(notes.take(16).isEmpty)
        var expected = 0
        for number in 0..<3000 {
            #expect(notes.add(Self.ending(number)))
            // Fewer go than come.
            if number.isMultiple(of: 3) {
                for note in notes.take(2) {
                    #expect(note == Self.ending(expected))
                    expected += 1
                }
            }
        }
        while let note = notes.take(1).first {
            #expect(note == Self.ending(expected))
            expected += 1
        }
        #expect(expected == 3000)
    }

    @Test func `are forgotten beyond their room, and have it again afterwards`() {
        let notes = PlainNotes(most: 3)
        #expect((0..<5).map { notes.add(Self.ending($0)) } == [true, true, true, false, false])
        #expect(notes.take(2) == [Self.ending(0), Self.ending(1)])
        #expect((5..<8).map { notes.add(Self.ending($0)) } == [true, true, false])
        #expect(notes.take(9) == [Self.ending(2), Self.ending(5), Self.ending(6)])
        #expect(notes.take(9).isEmpty)
    }
}
