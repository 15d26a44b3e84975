// How wide a picture is drawn. A letter on a telephone shows it 335 points wide, whatever it was drawn for: drawn for
// 600, its words would be of 7. So what letters show is drawn narrow, and laid out for that.

internal import Canvas

package enum Format: Hashable, Sendable {
    /// A page or a channel.
    case wide
    /// A letter: shown a quarter larger than drawn on a desk, a little smaller on a telephone, where twelve points are
    /// eleven.
    case narrow

    var isNarrow: Bool { self == .narrow }

    /// In points, as are all numbers a picture is laid out by.
    var width: Double { isNarrow ? 360 : 600 }
    var margin: Double { isNarrow ? 16 : 24 }
    /// Pixels of a point; twice as many as are shown, always.
    var scale: Double { isNarrow ? 2.5 : 2 }
    /// What a page or a mail says as the width.
    func shownWidth(of width: Double) -> Int { Int((width * scale / 2).rounded(.up)) }

    var title: TextStyle { isNarrow ? Type.title.sized(17) : Type.title }
}

/// What can be drawn either way.
package protocol Formatted {
    var format: Format { get set }
}

extension Formatted {
    package func drawn(_ format: Format) -> Self {
        var drawn = self
        drawn.format = format
        return drawn
    }
}

extension TextStyle {
    fileprivate func sized(_ size: Double) -> TextStyle { TextStyle(size, weight, color, family: family) }
}
