// The project's own files, read as text, for the tests that hold the house to its rules.

import FoundationEssentials
import Testing

struct SourceFile: Sendable, CustomTestStringConvertible {
    /// From the project's folder: "Sources/Domain/Card.swift".
    let path: String
    let text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    var testDescription: String { path }

    /// Lines that are not comments.
    var code: [Substring] { lines.filter { !$0.drop { $0 == " " }.hasPrefix("//") } }
}

enum SourceTree {
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/")

    static func swiftFiles(in folders: String...) throws -> [SourceFile] {
        var files: [SourceFile] = []
        for folder in folders {
            for path in try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")
            where path.hasSuffix(".swift") {
                let bytes = try Data(contentsOf: URL(filePath: "\(root)/\(folder)/\(path)"))
                files.append(SourceFile(path: "\(folder)/\(path)", text: String(decoding: bytes, as: UTF8.self)))
            }
        }
        // A tree that is not found would pass every rule.
        try #require(!files.isEmpty)
        return files
    }
}
