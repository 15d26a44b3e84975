// Who asks next. Tautulli answers every question under one lock of its own, so that questions in parallel only slow each
// other and cost it memory (sheet §1, §3 Speed): one at a time, in the order they came, those a person waits for first.

struct Turns {
    typealias Ticket = Int

    private var isBusy = false
    private var line: [(ticket: Ticket, isUrgent: Bool)] = []
    private var lastTicket = 0
    /// Told to go, and may not know it yet.
    private var called: Ticket?

    /// Nil: go at once. Else wait until `called`.
    mutating func join(isUrgent: Bool) -> Ticket? {
        if !isBusy {
            isBusy = true
            return nil
        }
        lastTicket += 1
        let place = isUrgent ? line.firstIndex { !$0.isUrgent } ?? line.endIndex : line.endIndex
        line.insert((lastTicket, isUrgent), at: place)
        return lastTicket
    }

    /// The turn is over: whose is it now?
    mutating func next() -> Ticket? {
        called = line.isEmpty ? nil : line.removeFirst().ticket
        isBusy = called != nil
        return called
    }

    /// Gives up waiting; true when it had been called, and the turn must be passed on.
    mutating func leave(_ ticket: Ticket) -> Bool {
        line.removeAll { $0.ticket == ticket }
        return called == ticket
    }
}
