// Text by pango (docs.gtk.org/Pango): shaping, right-to-left, fallback fonts, emoji, ellipses. One context and one
// layout serve a whole canvas.
//
// Options are set here, not taken from the machine: no hinting and whole-grey edges, so that the same text makes the
// same pixels on every screen's settings and letters keep their distances at every scale.

internal import CCairo
internal import Synchronization

@safe struct Typesetter: ~Copyable {
    private let context: OpaquePointer
    private let layout: OpaquePointer

    /// Who sets or draws text, in the whole process: cairo 1.16 shares its few open font files among all threads, and two
    /// that draw text at once crash in it, because one closes what the other draws with (ThreadsTests, one run in five).
    /// There is one map of fonts for all threads, so that none are closed by a thread's end, out of turn.
    private static let turn = Mutex<Void>(())
    private nonisolated(unsafe) static let fonts = unsafe pango_cairo_font_map_new()

    /// Nobody reads more on a picture, and a layout costs time for each letter.
    private static let mostLetters = 400

    init(for cairo: OpaquePointer) {
        var made: (context: OpaquePointer, layout: OpaquePointer)?
        Self.turn.withLock { _ in unsafe made = unsafe Self.open(for: cairo) }
        guard let (context, layout) = unsafe made else { preconditionFailure("no memory for text") }
        unsafe self.context = unsafe context
        unsafe self.layout = unsafe layout
    }

    /// Nil when memory is gone; though pango and GObject end the process themselves then, and never answer with nothing.
    private static func open(for cairo: OpaquePointer) -> (context: OpaquePointer, layout: OpaquePointer)? {
        guard let context = unsafe pango_font_map_create_context(fonts), let layout = unsafe pango_layout_new(context)
        else { return nil }
        unsafe pango_cairo_update_context(cairo, context)
        let options = unsafe cairo_font_options_create()
        unsafe cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        unsafe cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        unsafe cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        unsafe pango_cairo_context_set_font_options(context, options)
        unsafe cairo_font_options_destroy(options)
        unsafe pango_context_set_round_glyph_positions(context, 0)
        // The language decides between forms of Chinese characters; LANG of whoever runs the program must not.
        unsafe pango_context_set_language(context, pango_language_from_string("en"))
        unsafe pango_context_set_base_dir(context, PANGO_DIRECTION_WEAK_LTR)
        unsafe pango_layout_context_changed(layout)
        return unsafe (context, layout)
    }

    deinit {
        Self.turn.withLock { _ in
            unsafe g_object_unref(UnsafeMutableRawPointer(layout))
            unsafe g_object_unref(UnsafeMutableRawPointer(context))
        }
    }

    func measure(_ text: String, _ style: TextStyle, maxWidth: Double?, lines: Int) -> Size {
        Self.turn.withLock { _ in
            set(text, style, maxWidth: maxWidth, lines: lines, .left)
            let width = min(extent.width, maxWidth ?? .infinity)
            return unsafe Size(width, Double(pango_layout_get_line_count(layout)) * style.lineHeight)
        }
    }

    /// The width of what was drawn.
    func draw(
        _ text: String, _ style: TextStyle, color: Color, on cairo: OpaquePointer, baseline: Point,
        _ alignment: TextAlignment, maxWidth: Double?
    ) -> Double {
        if let maxWidth, maxWidth < 1 { return 0 }
        return Self.turn.withLock { _ in
            set(text, style, maxWidth: maxWidth, lines: 1, .left)
            let extent = extent
            let width = min(extent.width, maxWidth ?? .infinity)
            let start = alignment.start(of: width, at: baseline.x)
            // Some names wear towers of accents: they end at their own line. Two points beside it, for slanting letters.
            let box = Rect(
                x: start - 2, y: baseline.y - style.size * 1.3, width: width + 4, height: style.size * 1.9)
            unsafe show(on: cairo, at: Point(start - extent.x, baseline.y - firstBaseline), color, inside: box)
            return width
        }
    }

    func drawBlock(
        _ text: String, _ style: TextStyle, on cairo: OpaquePointer, in rect: Rect, x: Double,
        _ alignment: TextAlignment, lines: Int
    ) -> Size {
        if rect.width < 1 { return Size(0, 0) }
        return Self.turn.withLock { _ in
            set(text, style, maxWidth: rect.width, lines: lines, alignment)
            let count = unsafe Double(pango_layout_get_line_count(layout))
            let height = count * style.lineHeight
            let baseline = rect.y + (style.lineHeight + style.capHeight) / 2
            let box = Rect(x: rect.x - 2, y: rect.y - 2, width: rect.width + 4, height: height + 4)
            unsafe show(on: cairo, at: Point(rect.x, baseline - firstBaseline), style.color, inside: box)
            return Size(min(extent.width, rect.width), height)
        }
    }

    /// How many letters no installed font has: they would be drawn as boxes.
    func unwritableLetters(in text: String, _ style: TextStyle) -> Int {
        Self.turn.withLock { _ in
            set(text, style, maxWidth: nil, lines: 1, .left)
            return unsafe Int(pango_layout_get_unknown_glyphs_count(layout))
        }
    }

    // MARK: The layout

    private func set(_ text: String, _ style: TextStyle, maxWidth: Double?, lines: Int, _ alignment: TextAlignment) {
        let font = unsafe pango_font_description_new()
        unsafe pango_font_description_set_family(font, style.family)
        unsafe pango_font_description_set_absolute_size(font, style.size * Double(PANGO_SCALE))
        unsafe pango_font_description_set_weight(font, PangoWeight(rawValue: UInt32(style.weight.rawValue)))
        unsafe pango_layout_set_font_description(layout, font)
        unsafe pango_font_description_free(font)

        let attributes = unsafe pango_attr_list_new()
        let lineHeight = Int32(style.lineHeight * Double(PANGO_SCALE))
        unsafe pango_attr_list_insert(attributes, pango_attr_line_height_new_absolute(lineHeight))
        unsafe pango_layout_set_attributes(layout, attributes)
        unsafe pango_attr_list_unref(attributes)

        unsafe pango_layout_set_single_paragraph_mode(layout, 1)
        unsafe pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        unsafe pango_layout_set_ellipsize(layout, maxWidth == nil ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END)
        unsafe pango_layout_set_width(layout, maxWidth.map { Int32(min($0, 30000) * Double(PANGO_SCALE)) } ?? -1)
        // Negative: so many lines, not so many units.
        unsafe pango_layout_set_height(layout, Int32(-max(1, lines)))
        unsafe pango_layout_set_alignment(layout, alignment.pango)
        var clean = Self.drawable(text)
        clean.withUTF8 { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { letters in
                unsafe pango_layout_set_text(layout, letters.baseAddress, Int32(letters.count))
            }
        }
    }

    /// In points; x is where pango puts the line inside its width (right-to-left text begins at the right).
    private var extent: (x: Double, width: Double) {
        var logical = PangoRectangle()
        unsafe pango_layout_get_extents(layout, nil, &logical)
        return (Double(logical.x) / Double(PANGO_SCALE), Double(logical.width) / Double(PANGO_SCALE))
    }

    private var firstBaseline: Double { unsafe Double(pango_layout_get_baseline(layout)) / Double(PANGO_SCALE) }

    private func show(on cairo: OpaquePointer, at place: Point, _ color: Color, inside box: Rect) {
        unsafe cairo_save(cairo)
        unsafe cairo_rectangle(cairo, box.x, box.y, box.width, box.height)
        unsafe cairo_clip(cairo)
        unsafe cairo_set_source_rgba(cairo, color.red, color.green, color.blue, color.alpha)
        unsafe cairo_move_to(cairo, place.x, place.y)
        unsafe pango_cairo_show_layout(cairo, layout)
        unsafe cairo_restore(cairo)
    }

    /// Control characters and the invisible ones that turn the direction of what follows have no business on a picture
    /// (and pango refuses a text with a zero byte in it).
    static func drawable(_ text: String) -> String {
        var clean = String.UnicodeScalarView()
        for letter in text.prefix(mostLetters) {
            for scalar in letter.unicodeScalars.prefix(16) {
                switch scalar.value {
                case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: clean.append(" ")
                case 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFC: break
                default: clean.append(scalar)
                }
            }
        }
        return String(clean)
    }
}

extension TextAlignment {
    fileprivate var pango: PangoAlignment {
        switch self {
        case .left: PANGO_ALIGN_LEFT
        case .center: PANGO_ALIGN_CENTER
        case .right: PANGO_ALIGN_RIGHT
        }
    }
}
