// A sheet to draw on, over cairo (cairographics.org/manual). Places are in points; `scale` pixels make a point, so that
// the same drawing is sharp on fine screens.
//
// Drawing is synchronous and takes some milliseconds: fonts are looked up, pixels are packed. Make a canvas, draw and
// take its PNG in one go without an `await` between, and off the threads all tasks share:
// `try await studio.draw { try chart.picture() }` (Studio).

internal import CCairo

@safe package struct Canvas: ~Copyable {
    package let size: Size
    package let scale: Double
    let surface: OpaquePointer
    let context: OpaquePointer
    let typesetter: Typesetter

    private static let mostPixels = 32 << 20

    /// A background that lets nothing through makes a PNG without transparency.
    package init(width: Double, height: Double, scale: Double = 2, background: Color = Color(0xFFFFFF))
        throws(CanvasError)
    {
        let pixels = (width: (width * scale).rounded(.up), height: (height * scale).rounded(.up))
        guard pixels.width >= 1, pixels.height >= 1, pixels.width <= 16384, pixels.height <= 16384,
            pixels.width * pixels.height <= Double(Self.mostPixels)
        else {
            throw .size(width: Int(clamping: pixels.width), height: Int(clamping: pixels.height))
        }
        let format = background.alpha >= 1 ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32
        let surface = unsafe cairo_image_surface_create(format, Int32(pixels.width), Int32(pixels.height))
        // cairo answers a failure with an object that is in an error state, never with nothing.
        guard let surface = unsafe surface, let context = unsafe cairo_create(surface) else {
            throw .drawing("out of memory")
        }
        let code = unsafe cairo_status(context)
        guard code == CAIRO_STATUS_SUCCESS else {
            unsafe cairo_destroy(context)
            unsafe cairo_surface_destroy(surface)
            throw .drawing(words(for: code))
        }
        unsafe self.surface = unsafe surface
        unsafe self.context = unsafe context
        typesetter = unsafe Typesetter(for: context)
        size = Size(width, height)
        self.scale = scale
        unsafe cairo_scale(context, scale, scale)
        unsafe cairo_set_operator(context, CAIRO_OPERATOR_SOURCE)
        use(background)
        unsafe cairo_paint(context)
        unsafe cairo_set_operator(context, CAIRO_OPERATOR_OVER)
    }

    deinit {
        unsafe cairo_destroy(context)
        unsafe cairo_surface_destroy(surface)
    }

    // MARK: Forms

    package func fill(_ path: Path, _ color: Color) {
        trace(path)
        use(color)
        unsafe cairo_fill(context)
    }

    package func fill(_ rect: Rect, radius: Double = 0, _ color: Color) {
        fill(.rect(rect, radius: radius), color)
    }

    /// From `top` at the rectangle's upper edge to `bottom` at its lower one.
    package func fill(_ path: Path, from top: Color, at topY: Double, to bottom: Color, at bottomY: Double) {
        guard let pattern = unsafe cairo_pattern_create_linear(0, topY, 0, bottomY) else { return }
        unsafe cairo_pattern_add_color_stop_rgba(pattern, 0, top.red, top.green, top.blue, top.alpha)
        unsafe cairo_pattern_add_color_stop_rgba(pattern, 1, bottom.red, bottom.green, bottom.blue, bottom.alpha)
        trace(path)
        unsafe cairo_set_source(context, pattern)
        unsafe cairo_fill(context)
        unsafe cairo_pattern_destroy(pattern)
    }

    /// `dashes`: lengths of line and gap in turn. Ends and corners are round where `isRound` says so.
    package func stroke(
        _ path: Path, _ color: Color, width: Double = 1, dashes: [Double] = [], isRound: Bool = false
    ) {
        trace(path)
        use(color)
        unsafe cairo_set_line_width(context, width)
        unsafe cairo_set_line_cap(context, isRound ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
        unsafe cairo_set_line_join(context, isRound ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER)
        unsafe cairo_set_dash(context, dashes, Int32(dashes.count), 0)
        unsafe cairo_stroke(context)
    }

    package func stroke(_ rect: Rect, radius: Double = 0, _ color: Color, width: Double = 1) {
        stroke(.rect(rect, radius: radius), color, width: width)
    }

    /// What `drawing` draws shows only inside the path.
    package func clipped<E: Error>(to path: Path, _ drawing: () throws(E) -> Void) throws(E) {
        unsafe cairo_save(context)
        defer { unsafe cairo_restore(context) }
        trace(path)
        unsafe cairo_clip(context)
        try drawing()
    }

    // MARK: Images

    package enum Fit: Sendable {
        /// All of the image, with room left beside it.
        case inside
        /// All of the rectangle, with the image's edges cut off.
        case cover
    }

    package func draw(_ image: borrowing Image, in rect: Rect, fit: Fit = .cover, radius: Double = 0) {
        let ratios = (rect.width / Double(image.width), rect.height / Double(image.height))
        let ratio = fit == .cover ? max(ratios.0, ratios.1) : min(ratios.0, ratios.1)
        guard ratio > 0, ratio.isFinite else { return }
        let shown = Size(Double(image.width) * ratio, Double(image.height) * ratio)
        let place = Rect(
            x: rect.midX - shown.width / 2, y: rect.midY - shown.height / 2, width: shown.width, height: shown.height)
        unsafe cairo_save(context)
        defer { unsafe cairo_restore(context) }
        trace(.rect(fit == .cover ? rect : place, radius: radius))
        unsafe cairo_translate(context, place.x, place.y)
        unsafe cairo_scale(context, ratio, ratio)
        unsafe cairo_set_source_surface(context, image.surface, 0, 0)
        unsafe cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_GOOD)
        // Without this the outermost pixels would be mixed with the nothing around the image.
        unsafe cairo_pattern_set_extend(cairo_get_source(context), CAIRO_EXTEND_PAD)
        unsafe cairo_fill(context)
    }

    // MARK: Text

    /// Draws one line whose letters stand on `baseline`, and says how wide it became. Longer text than `maxWidth` ends
    /// in "…". The alignment tells which part of the line stands at `x`, whichever way its script runs.
    @discardableResult package func draw(
        _ text: String, _ style: TextStyle, at baseline: Point, _ alignment: TextAlignment = .left,
        maxWidth: Double? = nil
    ) -> Double {
        unsafe typesetter.draw(
            text, style, color: style.color, on: context, baseline: baseline, alignment, maxWidth: maxWidth)
    }

    /// In the middle of the rectangle's height (as the eye sees it: the middle of a capital), and never wider than it.
    /// With more than one line, words wrap and the text begins at the top.
    @discardableResult package func draw(
        _ text: String, _ style: TextStyle, in rect: Rect, _ alignment: TextAlignment = .left, lines: Int = 1
    ) -> Size {
        let x = alignment.anchor(in: rect)
        guard lines > 1 else {
            let baseline = rect.midY + style.capHeight / 2
            return Size(draw(text, style, at: Point(x, baseline), alignment, maxWidth: rect.width), style.lineHeight)
        }
        return unsafe typesetter.drawBlock(text, style, on: context, in: rect, x: x, alignment, lines: lines)
    }

    /// What the text would take.
    package func measure(_ text: String, _ style: TextStyle, maxWidth: Double? = nil, lines: Int = 1) -> Size {
        typesetter.measure(text, style, maxWidth: maxWidth, lines: lines)
    }

    // MARK: Plumbing

    func use(_ color: Color) {
        unsafe cairo_set_source_rgba(context, color.red, color.green, color.blue, color.alpha)
    }

    private func trace(_ path: Path) {
        unsafe cairo_new_path(context)
        for step in path.steps {
            switch step {
            case .move(let point): unsafe cairo_move_to(context, point.x, point.y)
            case .line(let point): unsafe cairo_line_to(context, point.x, point.y)
            case .curve(let first, let second, let end):
                unsafe cairo_curve_to(context, first.x, first.y, second.x, second.y, end.x, end.y)
            case .arc(let center, let radius, let from, let to, true):
                unsafe cairo_arc(context, center.x, center.y, radius, from, to)
            case .arc(let center, let radius, let from, let to, false):
                unsafe cairo_arc_negative(context, center.x, center.y, radius, from, to)
            case .newPart: unsafe cairo_new_sub_path(context)
            case .close: unsafe cairo_close_path(context)
            }
        }
    }
}

/// cairo's own words for a status.
func words(for code: cairo_status_t) -> String {
    guard let text = unsafe cairo_status_to_string(code) else { return "cairo status \(code.rawValue)" }
    return unsafe String(cString: text)
}

extension Int {
    fileprivate init(clamping value: Double) {
        self = value.isFinite ? Int(Swift.max(-1e9, Swift.min(1e9, value))) : Int.max
    }
}
