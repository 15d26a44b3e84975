// The number a connection gets when it opens, for the handlers that were made before.

import Synchronization

final class LineNumber: Sendable {
    private let number = Atomic(0)
    var value: Int { number.load(ordering: .relaxed) }
    func set(_ value: Int) { number.store(value, ordering: .relaxed) }
}
