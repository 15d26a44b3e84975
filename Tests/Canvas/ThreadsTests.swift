// Pictures drawn by several threads at once: the studio's, and in the demo and in tests those of others besides.

import Canvas
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Drawing on several threads` {
    /// The widths of all that was written. Every size is a font of its own, and some are opened and closed on the way.
    static func write() throws -> [Double] {
        let weights: [TextStyle.Weight] = [.regular, .medium, .semibold, .bold]
        var widths: [Double] = []
        for size in 0..<60 {
            let canvas = try Canvas(width: 300, height: 60)
            for text in ["Ann", "日本語の長い題名", "אורחים", "🎷🎺", "مرحبا", "Привет", "हिन्दी"] {
                let style = TextStyle(9 + Double(size) / 3, weights[size % weights.count])
                widths.append(canvas.measure(text, style, maxWidth: nil, lines: 1).width)
                canvas.draw(text, style, in: Rect(x: 10, y: 10, width: 280, height: 40))
            }
        }
        return widths
    }

    @Test func `gives each the picture it would have alone`() async throws {
        let drawn = try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<8 {
                let studio = try Studio()
                group.addTask { try await studio.draw { try Self.write() } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(drawn).count == 1)
    }
}
