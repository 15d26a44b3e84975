// The verdict as people read it. Idle, unknown and partly broken read differently: nobody must take a dead server for a
// quiet evening.

package import Domain

package struct UsageReport: Sendable {
    package var verdict: UsageVerdict
    /// Names become "Viewer 1".
    package var hidesNames: Bool
    /// Whether what is wrong is told in full (addresses of services, names of settings) or only that it is.
    package var tellsDetails: Bool
    package var picture: Report.Picture?

    package static let streamsPerPage = 8

    package init(
        _ verdict: UsageVerdict, hidesNames: Bool = false, tellsDetails: Bool = false, picture: Report.Picture? = nil
    ) {
        self.verdict = verdict
        self.hidesNames = hidesNames
        self.tellsDetails = tellsDetails
        self.picture = picture
    }

    /// All in one; a face that lacks the room says how many more there are.
    package var whole: Report { report(of: verdict.streams, picture) }

    package var pages: [Report] {
        let streams = verdict.streams
        guard streams.count > Self.streamsPerPage else { return [whole] }
        return stride(from: 0, to: streams.count, by: Self.streamsPerPage).map { start in
            let shown = streams[start..<min(start + Self.streamsPerPage, streams.count)]
            return report(of: Array(shown), start == 0 ? picture : nil)
        }
    }

    private func report(of shown: [UsageStream], _ picture: Report.Picture?) -> Report {
        switch verdict.outcome {
        case .unknown: return unknown
        case .idle: return idle
        case .streaming: break
        }
        let anonymity = Anonymity(hides: hidesNames, among: verdict.streams)
        let isSlow = verdict.streams.contains(where: \.isTooSlow)
        return Report(
            title, lines: [deliveries, bandwidth].filter { !$0.isEmpty } + notes,
            fields: shown.map { StreamProse(stream: $0, anonymity: anonymity).field },
            tone: isSlow || !notes.isEmpty ? .warning : .good, picture: picture)
    }

    private var unknown: Report {
        let why: [Prose] =
            tellsDetails
            ? verdict.troubles.map { "\(strong: $0.source): \($0.why)" }
            : verdict.troubles.map { "\(strong: $0.source) does not answer as it should." }
        return Report(
            "What is playing cannot be told", lines: why + ["That does not mean that nothing is playing."], tone: .bad)
    }

    private var idle: Report {
        Report("Nothing is playing", lines: notes, tone: notes.isEmpty ? .plain : .warning)
    }

    private var title: Prose { Self.count(verdict.totals.streams, "stream", "streams") }

    private var deliveries: Prose {
        let totals = verdict.totals
        var parts: [Prose] = []
        if totals.directPlays > 0 { parts.append("\(totals.directPlays) direct play") }
        if totals.directStreams > 0 { parts.append("\(totals.directStreams) direct stream") }
        if totals.transcodes > 0 { parts.append(Self.count(totals.transcodes, "transcode", "transcodes")) }
        if totals.untoldDeliveries > 0 { parts.append("\(totals.untoldDeliveries) not told how") }
        return parts.joined(by: " · ")
    }

    private var bandwidth: Prose {
        let totals = verdict.totals
        guard totals.bandwidth > 0 else { return "" }
        var prose: Prose = totals.isAtLeast ? "Bandwidth: at least " : "Bandwidth: "
        prose += "\(MediaNames.rate(totals.bandwidth))"
        let parts = [("LAN", totals.lan), ("WAN", totals.wan)].filter { $0.1 > 0 }
        if !parts.isEmpty {
            prose += " (" + parts.map { "\(MediaNames.rate($0.1)) \($0.0)" as Prose }.joined(by: ", ") + ")"
        }
        return prose
    }

    /// What is not as it should be, though something is known.
    private var notes: [Prose] {
        var notes: [Prose] = []
        if verdict.unreadable > 0 {
            notes.append("⚠️ \(Self.count(verdict.unreadable, "stream", "streams")) more could not be read")
        }
        for trouble in verdict.troubles {
            let other = trouble.source == "Plex" ? "Tautulli" : "Plex"
            notes.append(
                tellsDetails
                    ? "⚠️ \(trouble.source): \(trouble.why). This is what \(other) says"
                    : "⚠️ \(trouble.source) does not answer as it should; this is what \(other) says")
        }
        return notes
    }

    static func count(_ number: Int, _ one: Prose, _ many: Prose) -> Prose {
        "\(number) " + (number == 1 ? one : many)
    }
}
