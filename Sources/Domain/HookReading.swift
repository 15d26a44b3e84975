// What somebody posted to us came to. Every hook is read to one of these, whoever sent it, and the door answers by it.

package enum HookReading<Event> {
    /// To be kept before it is acknowledged.
    case event(Event)
    /// Understood, and of no use here: why, in a few words, and what it told where that may be worth a note.
    case ignored(String, Event? = nil)
    /// A button was pressed to see whether we are there.
    case test
    /// Not to be understood: why, in a sentence for whoever set the sender up.
    case refused(String)
}

extension HookReading: Sendable where Event: Sendable {}
extension HookReading: Equatable where Event: Equatable {}

/// A hook as it came in.
package enum HookBody: Sendable {
    /// Whatever the sender calls it: most say `text/plain` and mean JSON.
    case text([UInt8])
    case form([(name: String, value: String)])
}
