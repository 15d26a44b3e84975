// How a text looks. Inter is our face (fonts-inter); fontconfig adds Noto Sans for other scripts, WenQuanYi Micro Hei
// for Chinese, Japanese and Korean and Noto Color Emoji, as far as they are installed (docs/dependencies.md).

package enum TextAlignment: Sendable {
    case left, center, right

    func anchor(in rect: Rect) -> Double {
        switch self {
        case .left: rect.x
        case .center: rect.midX
        case .right: rect.maxX
        }
    }

    /// Where a line of this width begins.
    func start(of width: Double, at x: Double) -> Double {
        switch self {
        case .left: x
        case .center: x - width / 2
        case .right: x - width
        }
    }
}

package struct TextStyle: Hashable, Sendable {
    package enum Weight: Int32, Sendable {
        case regular = 400
        case medium = 500
        case semibold = 600
        case bold = 700
    }

    /// In points: the height of the type, not of a letter.
    package var size: Double
    package var weight: Weight
    package var color: Color
    /// fontconfig takes the first of the list that has the letter.
    package var family: String

    package init(
        _ size: Double, _ weight: Weight = .regular, _ color: Color = Color(0x000000),
        family: String = "Inter, Noto Sans, Noto Sans Arabic, Noto Sans Hebrew, WenQuanYi Micro Hei, sans-serif"
    ) {
        self.size = size
        self.weight = weight
        self.color = color
        self.family = family
    }

    package func colored(_ color: Color) -> TextStyle {
        var style = self
        style.color = color
        return style
    }

    /// Inter's capitals and digits are 0.727 of the type's size high (DejaVu's 0.729, Noto's 0.714).
    package var capHeight: Double { size * 0.727 }
    /// From line to line, the same for every script so that a foreign name moves nothing below it.
    package var lineHeight: Double { (size * 1.32).rounded(.up) }
}
