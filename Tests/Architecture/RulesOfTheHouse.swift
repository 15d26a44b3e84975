// The rules of docs/architecture.md that the compiler cannot hold, held by reading the sources.

import FoundationEssentials
import Testing

@Suite struct `The house` {
    /// Every file in which a line of code matches, with that line.
    private func offences(
        _ files: [SourceFile], where isOffence: (Substring) -> Bool
    ) -> [String] {
        files.flatMap { file in file.code.filter(isOffence).map { "\(file.path): \($0)" } }
    }

    /// The modules a line imports, such as "HTTP" in `package import HTTP`.
    private func imported(_ line: Substring) -> Substring? {
        // The cheap question first: a regex for every line of the house takes minutes in a debug build.
        guard line.utf8.count < 80, line.contains("import ") else { return nil }
        return line.firstMatch(
            of: /^\s*(?:@\w+ )?(?:(?:internal|package|private|fileprivate) )?import (?:\w+ )?(\w+)\s*$/)?.1
    }

    @Test func `keeps C and the operating system under Platform`() throws {
        let files = try SourceTree.swiftFiles(in: "Sources", "commands", "Bench").filter {
            !$0.path.hasPrefix("Sources/Platform/")
        }
        #expect(offences(files) { imported($0)?.wholeMatch(of: /C[A-Z]\w+|Glibc|Dispatch/) != nil } == [])
    }

    @Test func `keeps unsafe code under Platform`() throws {
        let files = try SourceTree.swiftFiles(in: "Sources", "commands", "Bench").filter {
            !$0.path.hasPrefix("Sources/Platform/")
        }
        #expect(
            offences(files) { $0.contains("unsafe ") || $0.contains("@unchecked Sendable") || $0.contains("(unsafe)") }
                == [])
    }

    @Test func `never imports the whole of Foundation`() throws {
        #expect(
            offences(try SourceTree.swiftFiles(in: "Sources", "commands", "Bench", "Tests")) {
                imported($0)?.wholeMatch(of: /Foundation/) != nil
            } == [])
    }

    @Test func `says package, not public`() throws {
        #expect(
            offences(try SourceTree.swiftFiles(in: "Sources", "commands")) {
                $0.contains("public ")
                    && $0.contains(/^\s*(public|open) (struct|class|enum|protocol|func|var|let|actor|init|extension)\b/)
            } == [])
    }

    @Test func `owns every task and sleeps only on a clock`() throws {
        let files = try SourceTree.swiftFiles(in: "Sources", "commands", "Bench", "Tests").filter {
            !$0.path.hasPrefix("Sources/Platform/Runtime/") && !$0.path.hasPrefix("Tests/Architecture/")
        }
        #expect(
            offences(files) {
                $0.contains("Task.detached") || $0.contains("Task.sleep") || $0.contains(" usleep(")
                    || $0.contains(" sleep(1")
            } == [])
    }

    @Test func `leaves nothing for later`() throws {
        let files = try SourceTree.swiftFiles(in: "Sources", "commands", "Bench", "Tests").filter {
            !$0.path.hasPrefix("Tests/Architecture/")
        }
        let marks = files.flatMap { file in
            file.lines.filter { line in
                ["TODO", "FIXME", "XXX", "not implemented", "unimplemented"].contains { line.contains($0) }
            }.map {
                "\(file.path): \($0)"
            }
        }
        #expect(marks == [])
    }

    @Test func `begins every file with the reason it exists`() throws {
        let files = try SourceTree.swiftFiles(in: "Sources", "commands", "Bench", "Tests")
        #expect(files.filter { !$0.text.hasPrefix("// ") && !$0.text.hasPrefix("#if") }.map(\.path) == [])
    }

    @Test func `keeps a file to one idea, which fits in 400 lines`() throws {
        let files = try SourceTree.swiftFiles(in: "Sources", "commands", "Bench", "Tests")
        #expect(files.filter { $0.lines.count > 401 }.map { "\($0.path): \($0.lines.count)" } == [])
    }

    @Test func `lets stand-ins know nothing of the clients they stand in for`() throws {
        #expect(
            offences(try SourceTree.swiftFiles(in: "Sources/StandIns")) {
                imported($0)?.wholeMatch(of: /Discord|Bot|Web|Domain|Storage|App|Jobs/) != nil
            } == [])
    }

    @Test func `keeps judgement free of clock, network and database`() throws {
        let rules = try SourceTree.swiftFiles(in: "Sources/Features").filter { $0.path.hasSuffix("Rules.swift") }
        try #require(!rules.isEmpty)
        #expect(offences(rules) { imported($0)?.wholeMatch(of: /HTTP|Sockets|SQLite|Storage/) != nil } == [])
        #expect(offences(rules) { $0.contains("any Clock") || $0.contains("await ") } == [])
    }

    /// Twelve points of a narrow picture are eleven on a telephone (Sources/Pictures/Format.swift).
    @Test func `writes nothing in a letter's pictures that a telephone makes too small`() throws {
        let files = try SourceTree.swiftFiles(in: "Sources/Pictures").filter {
            // No letter shows it.
            !$0.path.hasSuffix("/AlbumGrid.swift")
        }
        #expect(
            offences(files) { line in
                line.contains("TextStyle(")
                    && line.matches(of: /TextStyle\((?:max\()?(\d+(?:\.\d+)?)/).contains { (Double($0.1) ?? 0) < 12 }
            } == [])
    }
}
