// What the documents point to is there: pages, headings, pictures, settings, and the words they say the program says. A
// reader who is sent to nowhere, or searches a log for words that never stand in it, trusts the rest no more.

import FoundationEssentials
import Testing

@Suite struct `The house's documents` {
    private static func pages() throws -> [SourceFile] {
        let names =
            ["README.md", "CONTRIBUTING.md", "Tests/README.md"]
            + (try FileManager.default.contentsOfDirectory(atPath: "\(SourceTree.root)/docs").sorted()
                .filter { $0.hasSuffix(".md") }.map { "docs/\($0)" })
        return try names.map { try page($0) }
    }

    private static func page(_ path: String) throws -> SourceFile {
        let bytes = try Data(contentsOf: URL(filePath: "\(SourceTree.root)/\(path)"))
        return SourceFile(path: path, text: String(decoding: bytes, as: UTF8.self))
    }

    /// Outside of blocks of code, where brackets are brackets.
    private static func prose(_ file: SourceFile) -> String {
        var isCode = false
        return file.lines.filter { line in
            if line.drop(while: { $0 == " " }).hasPrefix("```") {
                isCode.toggle()
                return false
            }
            return !isCode && !line.hasPrefix("    ")
        }.joined(separator: "\n")
    }

    /// As the pages of a forge name a heading.
    private static func anchors(_ file: SourceFile) -> Set<String> {
        Set(
            prose(file).split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
                let words = line.drop { $0 == "#" || $0 == " " }.lowercased()
                return String(
                    words.compactMap { letter in
                        letter == " " ? "-" : letter.isLetter || letter.isNumber || "-_".contains(letter) ? letter : nil
                    })
            })
    }

    private static func isThere(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(SourceTree.root)/\(path)")
    }

    @Test func `every link and every picture leads somewhere`() throws {
        for page in try Self.pages() {
            let folder = page.path.split(separator: "/").dropLast().map(String.init)
            for match in Self.prose(page).matches(of: /\]\(([^)\s]+)\)/) {
                let target = match.1
                if target.contains("://") || target.hasPrefix("mailto:") { continue }
                let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                var path = parts[0].isEmpty ? page.path.split(separator: "/").map(String.init) : folder
                for part in parts[0].split(separator: "/") {
                    if part == ".." { path = path.dropLast() } else { path.append(String(part)) }
                }
                let whole = path.joined(separator: "/")
                #expect(Self.isThere(whole), "\(page.path): \(target)")
                if parts.count > 1, whole.hasSuffix(".md"), Self.isThere(whole) {
                    #expect(Self.anchors(try Self.page(whole)).contains(String(parts[1])), "\(page.path): \(target)")
                }
            }
        }
    }

    @Test func `every picture is shown somewhere`() throws {
        let all = try Self.pages().map(\.text).joined()
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(SourceTree.root)/docs/pictures") {
            #expect(all.contains("pictures/\(name)"), "\(name)")
        }
    }

    @Test func `every page is in the index`() throws {
        let index = try Self.page("docs/README.md").text
        for page in try Self.pages() where page.path.hasPrefix("docs/") && page.path != "docs/README.md" {
            #expect(index.contains("(\(page.path.dropFirst(5)))"), "\(page.path)")
        }
    }

    /// The spans of code of a line: every second piece between back ticks.
    private static func spans(_ page: SourceFile) -> [Substring] {
        prose(page).split(separator: "\n").flatMap { line in
            line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }.map(\.element)
        }
    }

    @Test func `every setting that is named exists`() throws {
        let listed = try Self.page(".env.example").lines.compactMap { line in
            line.firstMatch(of: /^#([A-Z0-9_]+)=/).map { String($0.1) }
        }
        let sources = try SourceTree.swiftFiles(in: "Sources/App/Config").map(\.text).joined()
        try #require(listed.count > 80)
        let known = Set(listed + listed.map { "\($0)_FILE" })
        // Of the build and the tests, not of the program.
        let others: Set = ["SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH", "NAME_FILE"]
        for page in try Self.pages() where page.path != "docs/architecture.md" {
            for span in Self.spans(page) {
                guard let match = span.wholeMatch(of: /([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=.*)?/) else { continue }
                let name = String(match.1)
                // RADARR_2 to RADARR_9 are alike, and a choice of values is no setting.
                let first = name.replacing(/^RADARR_[2-9]_/, with: "RADARR_2_")
                let isThere =
                    known.contains(name) || known.contains(first) || others.contains(name)
                    || sources.contains("\"\(name)\"")
                #expect(isThere, "\(page.path): \(name)")
            }
        }
    }

    @Test func `what the program is said to say, it says`() throws {
        let page = try Self.page("docs/troubleshooting.md")
        // Quotes are written \" in the sources, and `code` as an interpolation.
        let sources = try SourceTree.swiftFiles(in: "Sources", "commands").map(\.text).joined(separator: "\n")
            .replacing("\\\"", with: "\"")
        let words = Self.prose(page).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        var count = 0
        for quote in words.matches(of: /“([^”]*)”/).dropFirst() {
            for part in quote.1.split(separator: "…") {
                let part = part.trimming(while: { $0 == " " || $0 == "`" })
                if part.count < 4 { continue }
                count += 1
                #expect(sources.contains(part), "nothing says “\(part)”")
            }
        }
        #expect(count > 60)
    }
}

extension Substring {
    fileprivate func trimming(while isLoose: (Character) -> Bool) -> Substring {
        var rest = drop(while: isLoose)
        while let last = rest.last, isLoose(last) { rest.removeLast() }
        return rest
    }
}
