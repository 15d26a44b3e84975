// Numbers as people write them.

import Pictures
import Testing

@Suite struct `A measure` {
    @Test(
        arguments: [
            (Measure.plays, 0, "0 plays"), (.plays, 1, "1 play"), (.plays, 1234, "1,234 plays"),
            (.plays, 9_999_999, "9,999,999 plays"), (.plays, 12_345_678, "12.3M plays"), (.plays, 2.5, "2.5 plays"),
            (.plays, 9.3e18, "9.3E plays"), (.plays, -3, "−3 plays"), (.plays, .infinity, "? plays"),
            (.plays, .nan, "? plays"),
            (.seconds, 0, "0 min"), (.seconds, 20, "20 s"), (.seconds, 90, "2 min"), (.seconds, 3599, "1 h"),
            (.seconds, 5430, "1 h 31 min"), (.seconds, 360_000, "100 h"), (.seconds, 5e6, "1,389 h"),
            (.seconds, 1e30, "999E h"),
            (.bytes, 0, "0 B"), (.bytes, 999, "999 B"), (.bytes, 1500, "1.5 kB"), (.bytes, 999_960, "1 MB"),
            (.bytes, 1.5e12, "1.5 TB"), (.bitsPerSecond, 12e6, "12 Mbit/s"), (.bitsPerSecond, 800, "800 bit/s"),
            (.share, 0, "0%"), (.share, 0.001, "1%"), (.share, 0.62, "62%"), (.share, 0.999, "99%"),
            (.share, 1, "100%"),
        ] as [(Measure, Double, String)])
    func `writes a value with what it counts`(measure: Measure, value: Double, text: String) {
        #expect(measure.words(value) == text)
    }
}
