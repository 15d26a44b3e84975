// Prose in Discord's markdown. What is ours and what is somebody's stay apart up to here; every outside text is escaped
// on the way out, and what is too long is cut in the raw text, so that no cut ever loses a closing mark (sheet, 6).

import Discord
import Domain
package import Runtime

package struct ProseWriter: Sendable {
    /// What Discord makes of text differs by place.
    enum Surface {
        /// Descriptions, field values, message contents: markdown, mentions, times.
        case body
        /// Titles and field names: markdown, but mentions stay as raw ids.
        case heading
        /// Footers: nothing at all is interpreted.
        case bare
    }

    struct Written: Equatable {
        var text: String
        var isWhole: Bool
    }

    /// For times where Discord does not show each reader their own.
    let zone: LocalTime

    package init(zone: LocalTime = .utc) { self.zone = zone }

    /// At most `limit` code points.
    func write(_ prose: Prose, on surface: Surface, limit: Int = .max) -> Written {
        var text = ""
        var room = limit
        for part in prose.parts {
            let piece = piece(of: part, on: surface)
            let whole = piece.wrap(piece.raw)
            let size = DiscordLimits.count(whole)
            if size <= room {
                text += whole
                room -= size
                continue
            }
            return Written(text: text + beginning(of: piece, room: room), isWhole: false)
        }
        return Written(text: text, isWhole: true)
    }

    /// Lines below each other; what does not fit is counted, not shown.
    func write(lines: [Prose], on surface: Surface, limit: Int) -> Written {
        var rendered: [String] = []
        var used = 0
        for line in lines {
            let text = write(line, on: surface, limit: limit + 1).text
            used += DiscordLimits.count(text) + (rendered.isEmpty ? 0 : 1)
            rendered.append(text)
            if used > limit { break }
        }
        if used <= limit { return Written(text: rendered.joined(separator: "\n"), isWhole: true) }

        while !rendered.isEmpty {
            used -= DiscordLimits.count(rendered.removeLast()) + (rendered.isEmpty ? 0 : 1)
            let more = "\n…and \(lines.count - rendered.count) more"
            if !rendered.isEmpty, used + DiscordLimits.count(more) <= limit {
                return Written(text: rendered.joined(separator: "\n") + more, isWhole: false)
            }
        }
        // Not even the first line fits whole.
        let more = lines.count > 1 ? "\n…and \(lines.count - 1) more" : ""
        let first = write(lines[0], on: surface, limit: max(0, limit - DiscordLimits.count(more)))
        return Written(text: first.text + more, isWhole: false)
    }

    // MARK: Parts

    private struct Piece {
        var raw: String
        var canBeCut: Bool
        var wrap: (String) -> String
    }

    private func piece(of part: Prose.Part, on surface: Surface) -> Piece {
        func fixed(_ text: String) -> Piece { Piece(raw: text, canBeCut: false, wrap: { $0 }) }
        func free(_ text: String, _ wrap: @escaping (String) -> String) -> Piece {
            Piece(raw: text, canBeCut: true, wrap: surface == .bare ? { $0 } : wrap)
        }
        switch part {
        case .words(let text): return free(text, Self.escapedWords)
        case .text(let text): return free(text, DiscordText.escaped)
        case .strong(let text): return free(text) { $0.isEmpty ? "" : "**\(DiscordText.escaped($0))**" }
        case .code(let text): return free(text, DiscordText.code)
        case .block(let text):
            return free(text) { surface == .heading ? DiscordText.code($0) : DiscordText.block($0, limit: .max) }
        case .time(let instant, let style):
            return fixed(surface == .body ? DiscordText.time(instant, Self.style(style)) : zone.written(instant, style))
        case .link(let label, let url):
            guard surface == .body, let safe = Self.safe(url) else { return free(label, DiscordText.escaped) }
            return free(label) { "[\(DiscordText.escaped($0))](<\(safe)>)" }
        case .person(let id, let name):
            return surface == .body
                ? fixed(DiscordText.mention(user: Snowflake(id))) : free(name, DiscordText.escaped)
        case .channel(let id):
            return fixed(surface == .body ? DiscordText.mention(channel: Snowflake(id)) : "#\(id)")
        }
    }

    /// As much of a piece as fits, ending in "…".
    private func beginning(of piece: Piece, room: Int) -> String {
        guard room > 0 else { return "" }
        guard piece.canBeCut else { return "…" }
        // Escaping makes text longer by an unknown amount: search for the longest raw text that still fits.
        var (low, high) = (0, room)
        while low < high {
            let middle = (low + high + 1) / 2
            let size = DiscordLimits.count(piece.wrap(DiscordLimits.cut(piece.raw, to: middle)))
            if size <= room { low = middle } else { high = middle - 1 }
        }
        return low == 0 ? "…" : piece.wrap(DiscordLimits.cut(piece.raw, to: low))
    }

    /// Our own words mean no markup; a name such as `sync_playlists` in them must not turn italic.
    static func escapedWords(_ text: String) -> String {
        var result = ""
        for character in text {
            if "\\*_~|`".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }

    /// An address that cannot end the link early or run anything.
    private static func safe(_ url: String) -> String? {
        let isWeb = url.hasPrefix("https://") || url.hasPrefix("http://")
        let isPlain = url.unicodeScalars.allSatisfy {
            $0.value > 0x20 && $0.value < 0x7F && !"<>\"\\^`{}|".unicodeScalars.contains($0)
        }
        return isWeb && isPlain && url.utf8.count <= 512 ? url : nil
    }

    private static func style(_ style: Prose.TimeStyle) -> DiscordText.TimeStyle {
        switch style {
        case .relative: .relative
        case .date: .date
        case .time: .time
        case .dateAndTime: .dateAndTime
        }
    }
}

extension LocalTime {
    /// For places where the reader's own zone is unknown.
    func written(_ instant: Instant, _ style: Prose.TimeStyle) -> String {
        let wall = parts(of: instant).wall
        let date = "\(wall.year)-\(wall.month.padded(2))-\(wall.day.padded(2))"
        let time = "\(wall.hour.padded(2)):\(wall.minute.padded(2))"
        return switch style {
        case .date: date
        case .time: time
        case .relative, .dateAndTime: "\(date) \(time)"
        }
    }
}
