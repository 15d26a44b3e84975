// Whoever types what the documents show is understood: each command in them is read as the program reads it.

import Commands
import Domain
import FoundationEssentials
import Runtime
import Testing

@testable import Bot

@Suite struct `Commands in the documents` {
    private static func texts() throws -> [(page: String, text: String)] {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
            .joined(separator: "/")
        let pages = try FileManager.default.contentsOfDirectory(atPath: "\(root)/docs").filter { $0.hasSuffix(".md") }
        return try (["README.md"] + pages.map { "docs/\($0)" }).map { ($0, try Files.text("\(root)/\($0)")) }
    }

    /// Every span of code that begins so, without that.
    private static func spans(_ text: String, after start: String) -> [String] {
        text.split(separator: "\n").flatMap { line in
            line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 && ($0.element == start || $0.element.hasPrefix(start + " ")) }
                .map { String($0.element.dropFirst(start.count).drop { $0 == " " }) }
        }
    }

    @Test func `every typed one is understood`() throws {
        let names = MentionNames(caller: PersonMention(discord: 1, name: "somebody"))
        var count = 0
        for (page, text) in try Self.texts() {
            for typed in Self.spans(text, after: "!plex") where !typed.isEmpty {
                count += 1
                // One of several words, in a table, and somebody's mention, as Discord sends them.
                let line = typed.replacing(/\\\|\S+/, with: "").replacing(/@\w+/, with: "<@2>")
                do throws(Complaint) {
                    _ = try TypedCall.read(
                        line, from: CommandsTests.list, for: .admin, names: names, spelling: Spelling("!plex"))
                } catch { Issue.record("\(page): !plex \(typed): \(error.plain)") }
            }
        }
        #expect(count > 100)
    }

    @Test func `every slash command is there`() throws {
        var count = 0
        for (page, text) in try Self.texts() {
            for typed in Self.spans(text, after: "/plex") where !typed.isEmpty {
                count += 1
                let path = typed.split(separator: " ").prefix { !$0.contains(":") }.map(String.init)
                let isThere = CommandsTests.list.find(path) != nil || CommandsTests.list.find([path[0]]) != nil
                #expect(isThere, "\(page): /plex \(typed)")
            }
        }
        #expect(count > 15)
    }
}
