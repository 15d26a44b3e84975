// What one template may cost. The owner's templates are trusted to be well meant, not to be free of mistakes: one that
// shows itself must end in a sentence, not in a full disk, a dead thread or a night of work.

package struct TemplateLimits: Sendable, Equatable {
    /// Of one template's text.
    package var bytes: Int
    /// Sections, blocks, partials and parents inside each other, in the text and while filling in. Each level costs a
    /// frame of the stack, which in a thread of Swift's pool must last.
    package var depth: Int
    /// Bytes of one rendered page.
    package var output: Int
    /// Pieces rendered and places looked in for names. A page of 90 KB takes some ten thousand.
    package var steps: Int

    package init(bytes: Int = 1 << 20, depth: Int = 128, output: Int = 8 << 20, steps: Int = 4_000_000) {
        self.bytes = bytes
        self.depth = depth
        self.output = output
        self.steps = steps
    }

    package static let standard = TemplateLimits()
}
