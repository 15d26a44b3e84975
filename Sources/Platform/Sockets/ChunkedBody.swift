// A body that comes in chunks (RFC 9112 §7.1), as who does not know its length beforehand sends it. lws 4.1 hands on what
// stands between the chunks as if it were the body, so it is taken apart here. Pure.

struct ChunkedBody: Sendable {
    enum Progress: Equatable, Sendable { case more, whole, tooLong, malformed }

    private enum Stage: Sendable {
        case size(digits: Int, value: Int)
        /// What may stand behind the size, to the end of the line: of no use to anybody.
        case `extension`(value: Int)
        case data(left: Int)
        /// The line's end behind the data.
        case end
        /// Fields behind the last chunk, line by line, dropped; empty: the end of all.
        case trailer(length: Int)
    }

    private(set) var bytes: [UInt8] = []
    private let most: Int
    private var stage = Stage.size(digits: 0, value: 0)
    /// Bytes between the chunks: nobody needs many.
    private var between = 0
    private var isAfterReturn = false

    init(most: Int) { self.most = most }

    mutating func take(_ piece: UnsafeRawBufferPointer) -> Progress {
        var at = 0
        while at < piece.count {
            if case .data(let left) = stage {
                let count = min(left, piece.count - at)
                unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece[at..<(at + count)]))
                at += count
                stage = left == count ? .end : .data(left: left - count)
                continue
            }
            let progress = unsafe take(piece[at])
            guard progress == .more else { return progress }
            at += 1
        }
        return .more
    }

    /// One byte of what stands between. Lines end with both characters, as who is lenient here reads another body than the
    /// proxy before him did.
    private mutating func take(_ byte: UInt8) -> Progress {
        between += 1
        // As much as a body in chunks of sixteen bytes needs, and some for fields.
        guard between <= 4_096 + most / 2 else { return .malformed }
        if isAfterReturn {
            guard byte == 0x0A else { return .malformed }
            isAfterReturn = false
            return endLine()
        }
        if byte == 0x0D {
            isAfterReturn = true
            return .more
        }
        guard byte >= 0x20 || byte == 0x09 else { return .malformed }
        switch stage {
        case .size(let digits, let value):
            if byte == UInt8(ascii: ";") || byte == UInt8(ascii: " ") || byte == 0x09, digits > 0 {
                stage = .extension(value: value)
            } else {
                guard digits < 8, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return .malformed }
                stage = .size(digits: digits + 1, value: value << 4 + digit)
            }
        case .extension: break
        case .trailer(let length): stage = .trailer(length: length + 1)
        case .end, .data: return .malformed
        }
        return .more
    }

    private mutating func endLine() -> Progress {
        switch stage {
        case .size(let digits, let value):
            guard digits > 0 else { return .malformed }
            return begin(value)
        case .extension(let value): return begin(value)
        case .end: stage = .size(digits: 0, value: 0)
        case .trailer(let length):
            if length == 0 { return .whole }
            stage = .trailer(length: 0)
        case .data: return .malformed
        }
        return .more
    }

    /// Refused by what it announces, before any of it is taken.
    private mutating func begin(_ size: Int) -> Progress {
        guard size <= most - bytes.count else { return .tooLong }
        stage = size == 0 ? .trailer(length: 0) : .data(left: size)
        return .more
    }
}
