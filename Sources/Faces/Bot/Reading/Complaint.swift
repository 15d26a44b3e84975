// What is wrong with what a person typed or asked, in a sentence for that person. It is an answer, not a fault of ours:
// it is shown as it is and not logged.

package import Domain

package struct Complaint: Error, Hashable, Sendable {
    /// One clear sentence.
    package var sentence: Prose
    /// What to do instead, one line each.
    package var advice: [Prose]

    package init(_ sentence: Prose, advice: [Prose] = []) {
        self.sentence = sentence
        self.advice = advice
    }

    package var report: Report {
        Report(sentence, lines: advice, tone: .warning)
    }
}
