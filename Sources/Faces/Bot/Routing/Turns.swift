// Whose turn it is: so many run, the rest wait in order. Pure bookkeeping; the Router wakes whom it names.

struct Turns {
    private let mostAtOnce: Int
    private var running: Set<Int> = []
    private var waiting: [Int] = []
    /// Places in `waiting` before this are spent; removing from the front of an array would cost its length each time.
    private var first = 0
    private var gone: Set<Int> = []
    private var isClosed = false

    init(mostAtOnce: Int) { self.mostAtOnce = max(1, mostAtOnce) }

    var runningCount: Int { running.count }
    var waitingCount: Int { waiting.count - first - gone.count }

    /// From now on nobody's turn comes: who waits has been told so, and must not begin after that.
    mutating func close() { isClosed = true }

    /// True: go ahead. False: wait to be named.
    mutating func enter(_ ticket: Int) -> Bool {
        if !isClosed, running.count < mostAtOnce {
            running.insert(ticket)
            return true
        }
        waiting.append(ticket)
        return false
    }

    /// Done, or tired of waiting. Returns whose turn it now is.
    mutating func leave(_ ticket: Int) -> Int? {
        guard running.remove(ticket) != nil else {
            if waiting[first...].contains(ticket) { gone.insert(ticket) }
            return nil
        }
        while !isClosed, first < waiting.count {
            let next = waiting[first]
            first += 1
            if first > 64, first * 2 > waiting.count {
                waiting.removeFirst(first)
                first = 0
            }
            if gone.remove(next) != nil { continue }
            running.insert(next)
            return next
        }
        return nil
    }
}
