// What was freed goes back to the system.

import Runtime
import Testing

@Suite struct `Freed memory` {
    @Test func `goes back although something between is still in use`() {
        Memory.beThrifty()
        var kept: [[UInt8]] = []
        do {
            // Many small pieces, every hundredth of which stays: nothing of it lies at the end of the heap.
            var pieces = (0..<50_000).map { [UInt8](repeating: UInt8($0 % 251), count: 600) }
            kept = stride(from: 0, to: pieces.count, by: 100).map { pieces[$0] }
            pieces.removeAll()
        }
        #expect(Memory.giveBack())
        #expect(kept.count == 500 && kept[7][0] == UInt8(700 % 251))
    }
}
