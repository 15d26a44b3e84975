// The colours. A picture carries its own dark card, so it looks the same on Discord's dark and light themes. The colours
// on it are kin of Okabe and Ito's palette (jfly.uni-koeln.de/color), which the colour-blind can tell apart, lightened
// for the dark card; none is the only sign of anything.

internal import Canvas

enum Ink {
    static let card = Color(0x1A1E26)
    /// The empty part of a bar, a heat map's empty cell.
    static let hollow = Color(0x2B313D)
    static let grid = Color(0x2F3643)
    static let axis = Color(0x4A5364)

    static let strong = Color(0xF3F5F9)
    static let normal = Color(0xD5DAE3)
    static let quiet = Color(0x9AA4B5)

    /// The period before: beside the colours, not one of them.
    static let before = Color(0xB4BDCB)
    /// The same as a field behind a column.
    static let shadow = Color(0x414A5A)

    static let amber = Color(0xF2A93B)
    static let sky = Color(0x62B6F0)
    static let green = Color(0x2DBE8D)
    static let rose = Color(0xE08FC0)

    /// The colour of the n-th line.
    static func line(_ number: Int) -> Color { [sky, amber, green, rose][number % 4] }

    /// Eight that race each other; their names run with them.
    static func racer(_ number: Int) -> Color {
        [sky, amber, green, rose, Color(0xE9DC7B), Color(0x8E9BF0), Color(0xE5805F), Color(0x9FB3A8)][number % 8]
    }

    /// From a little to the most. Its lightness only rises, so it reads in grey as well.
    static func heat(_ share: Double) -> Color {
        let steps = [Color(0x23405F), Color(0x3C6B8E), Color(0x8A8B7A), Color(0xE0A63F), Color(0xFFE08A)]
        let place = min(1, max(0, share)) * Double(steps.count - 1)
        let index = min(steps.count - 2, Int(place))
        return steps[index].mixed(with: steps[index + 1], place - Double(index))
    }
}

enum Type {
    static let title = TextStyle(18, .semibold, Ink.strong)
    static let subtitle = TextStyle(12.5, .regular, Ink.quiet)
    static let label = TextStyle(13, .medium, Ink.normal)
    static let detail = TextStyle(12, .regular, Ink.quiet)
    static let value = TextStyle(12.5, .semibold, Ink.strong)
    static let axis = TextStyle(12, .regular, Ink.quiet)
}
