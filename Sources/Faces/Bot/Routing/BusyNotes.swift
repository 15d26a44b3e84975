// When more is asked than can be taken, everyone is told, but in one message per channel: a flood of apologies would
// itself be a flood. Bounded, like everything here.

import Discord
import Domain

struct BusyNotes {
    private struct Note {
        var questions = 0
        var people: [Snowflake] = []
    }

    private static let mostChannels = 256
    private static let mostPeople = 20
    private var notes: [Snowflake: Note] = [:]

    /// True: a note has to be posted in this channel shortly. False: one is already due there, or there is no room.
    mutating func add(_ person: Snowflake, in channel: Snowflake) -> Bool {
        let isNew = notes[channel] == nil
        if isNew, notes.count >= Self.mostChannels { return false }
        var note = notes[channel] ?? Note()
        note.questions += 1
        if note.people.count < Self.mostPeople, !note.people.contains(person) { note.people.append(person) }
        notes[channel] = note
        return isNew
    }

    mutating func take(_ channel: Snowflake) -> (report: Report, people: [Snowflake])? {
        guard let note = notes.removeValue(forKey: channel) else { return nil }
        let questions = note.questions == 1 ? "one question" : "\(note.questions) questions"
        let report = Report(
            "More was asked than I can answer at once.",
            lines: ["I could not take \(questions). Please ask again in a minute."], tone: .warning)
        return (report, note.people)
    }
}
