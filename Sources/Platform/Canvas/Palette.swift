// At most 256 colours for a drawing: what GIF demands, and what makes a chart's PNG a third as long. Own code, as the
// library for it (libimagequant) is GPL; charts ask little: flat fields, kept exactly, and the soft edges between them.

internal import Glibc

struct Palette: Sendable {
    /// 0x00RRGGBB.
    private(set) var colors: [UInt32]
    /// Of every colour that was asked for.
    private var places: [UInt32: UInt8] = [:]
    /// How far the worst of the samples' colours is from what it became, 0…255 in red, green or blue.
    let worst: Int

    /// A colour that fills this share of the drawing is seen as a field and stays as it is.
    private static let field = 1.0 / 4000

    /// `most`: 2…256. No more colours than it takes to be off by `error` at most: the fewer, the more of the drawing
    /// repeats itself, and the shorter it packs.
    init(of samples: [Pixels], most: Int = 256, error: Int) {
        let counts = Self.counts(samples)
        let total = counts.reduce(0) { $0 + $1.count }
        let fields = counts.prefix { Double($0.count) > Double(total) * Self.field }.prefix(most * 3 / 4)
        // What covers some place, such as a step of a gradient, is seen sooner than the edge of a letter.
        let seen = Int(Double(total) * Self.field / 4)
        var boxes = [ColorBox(Array(counts.dropFirst(fields.count)), seen: seen)]
        while boxes.count < most - fields.count {
            guard let index = boxes.indices.max(by: { boxes[$0].fault < boxes[$1].fault }),
                boxes[index].fault > error
            else { break }
            let (low, high) = boxes[index].halves(seen: seen)
            boxes[index] = low
            boxes.append(high)
        }
        colors = fields.map(\.color)
        for (place, color) in colors.enumerated() { places[color] = UInt8(place) }
        for box in boxes where !box.colors.isEmpty {
            for counted in box.colors { places[counted.color] = UInt8(colors.count) }
            colors.append(box.mean)
        }
        worst = boxes.map(\.worst).max() ?? 0
    }

    /// The most frequent first; by number where equal, so that the same drawing makes the same palette.
    private static func counts(_ samples: [Pixels]) -> [Pixels.Run] {
        var counts: [UInt32: Int] = [:]
        for sample in samples {
            for run in sample.runs { counts[run.color, default: 0] += run.count }
        }
        return counts.map { Pixels.Run(color: $0, count: $1) }.sorted { ($1.count, $0.color) < ($0.count, $1.color) }
    }

    /// The drawing in numbers of the palette.
    mutating func indexes(of pixels: Pixels) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: pixels.width * pixels.height) { indexes, count in
            guard let start = indexes.baseAddress else { return }
            // memset, as the standard library's loops over generic elements take their time where nothing is optimised.
            for run in pixels.runs {
                unsafe memset(start + count, Int32(place(of: run.color)), run.count)
                count += run.count
            }
        }
    }

    /// Colours that were in no sample become the nearest.
    private mutating func place(of color: UInt32) -> UInt8 {
        if let known = places[color] { return known }
        var best = (place: 0, distance: Int.max)
        for (place, candidate) in colors.enumerated() {
            let distance = Self.distance(color, candidate)
            if distance < best.distance { best = (place, distance) }
        }
        places[color] = UInt8(best.place)
        return UInt8(best.place)
    }

    /// The eye sees green best and blue least.
    private static func distance(_ a: UInt32, _ b: UInt32) -> Int {
        let red = Int(a >> 16 & 0xFF) - Int(b >> 16 & 0xFF)
        let green = Int(a >> 8 & 0xFF) - Int(b >> 8 & 0xFF)
        let blue = Int(a & 0xFF) - Int(b & 0xFF)
        return 3 * red * red + 4 * green * green + 2 * blue * blue
    }
}

/// Part of the colour space with colours in it, all of which become their mean.
struct ColorBox: Sendable {
    let colors: [Pixels.Run]
    let mean: UInt32
    /// How far from the mean a colour is at most.
    let worst: Int
    /// The same, where a colour that is seen sooner counts fourfold.
    let fault: Int
    /// Which of red, green and blue reaches furthest, and where its middle is.
    private let widest: (shift: UInt32, middle: Int)

    /// `seen`: how many pixels of one colour are seen as such.
    init(_ colors: [Pixels.Run], seen: Int) {
        self.colors = colors
        let count = colors.reduce(0) { $0 + $1.count }
        var (mean, worst, fault) = (UInt32(0), 0, 0)
        var widest = (shift: UInt32(8), extent: -1, middle: 0)
        for shift in [8, 16, 0] as [UInt32] {
            var (least, most, sum) = (255, 0, 0)
            var (leastSeen, mostSeen) = (255, 0)
            for run in colors {
                let part = Int(run.color >> shift & 0xFF)
                if part < least { least = part }
                if part > most { most = part }
                sum += part * run.count
                guard run.count > seen else { continue }
                if part < leastSeen { leastSeen = part }
                if part > mostSeen { mostSeen = part }
            }
            guard count > 0 else { continue }
            let middle = sum / count
            mean |= UInt32(middle) << shift
            worst = max(worst, most - middle, middle - least)
            fault = max(fault, 4 * (mostSeen - middle), 4 * (middle - leastSeen))
            if most - least > widest.extent { widest = (shift, most - least, (least + most) / 2) }
        }
        (self.mean, self.worst, self.fault) = (mean, worst, max(worst, fault))
        self.widest = (widest.shift, widest.middle)
    }

    /// In the middle of what reaches furthest, not of what is most frequent: no edge may lie far from its colour.
    func halves(seen: Int) -> (ColorBox, ColorBox) {
        let (shift, middle) = widest
        let isLow = { (run: Pixels.Run) in Int(run.color >> shift & 0xFF) <= middle }
        return (
            ColorBox(colors.filter(isLow), seen: seen), ColorBox(colors.filter { !isLow($0) }, seen: seen)
        )
    }
}
