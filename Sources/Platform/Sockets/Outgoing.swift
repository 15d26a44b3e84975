// An answer on its way out, in pieces: the head with the beginning of the body first, then as much as the line takes.

struct Outgoing {
    private static let piece = 16 << 10
    /// A client that does not read what it asked for is cut off here.
    private static let mostWaiting = 8 << 20

    private var waiting: [[UInt8]] = []
    private var waitingBytes = 0
    private var file: FileReader?
    private var left = 0
    /// Nothing will be added.
    var isWhole = true
    /// The file ended early: what was promised cannot be kept.
    private(set) var isBroken = false

    init() {}

    init(head: [UInt8], bytes: [UInt8], isWhole: Bool = true) {
        self.isWhole = isWhole
        if head.count + bytes.count <= Self.piece {
            waiting = [head + bytes]
        } else {
            waiting = [head]
            var rest = bytes[...]
            while !rest.isEmpty {
                waiting.append(Array(rest.prefix(Self.piece)))
                rest = rest.dropFirst(Self.piece)
            }
        }
        waiting.reverse()
    }

    init(head: [UInt8], file: FileReader) {
        waiting = [head]
        self.file = file
        left = file.size
    }

    /// False when too much waits already.
    mutating func append(_ bytes: [UInt8]) -> Bool {
        // A longer one would leave a rest with lws, which would wait for a word it never gets.
        var rest = bytes[...]
        while !rest.isEmpty {
            waiting.insert(Array(rest.prefix(Self.piece)), at: 0)
            rest = rest.dropFirst(Self.piece)
        }
        waitingBytes += bytes.count
        return waitingBytes <= Self.mostWaiting
    }

    mutating func next() -> [UInt8]? {
        if let piece = waiting.popLast() {
            waitingBytes = max(0, waitingBytes - piece.count)
            return piece
        }
        guard let file, left > 0 else { return nil }
        guard let piece = file.read(min(left, Self.piece)), !piece.isEmpty else {
            isBroken = true
            left = 0
            return nil
        }
        left -= piece.count
        return piece
    }
}
