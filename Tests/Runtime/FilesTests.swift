// Files are written whole or not at all, for their owner alone.

import FoundationEssentials
import Runtime
import Testing

@Suite struct `A file` {
    private let folder = FileManager.default.temporaryDirectory.path + "/files-\(UInt64.random(in: .min ... .max))"

    private func inFolder(_ body: () throws -> Void) throws {
        try Files.makeFolder(folder + "/a/b")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body()
    }

    @Test func `comes back as written, and only the owner may read it`() throws {
        try inFolder {
            try Files.write([1, 2, 3], to: folder + "/x")
            try Files.write([4], to: folder + "/x")
            #expect(try Files.read(folder + "/x") == [4])
            #expect(try Files.mode(folder + "/x") == 0o600)
            #expect(try Files.mode(folder) == 0o700)
            // No draft stays behind.
            #expect(try Files.list(folder) == ["a", "x"])
        }
    }

    @Test func `that is missing is told from one that cannot be read`() throws {
        try inFolder {
            let isThere = try Files.exists(folder + "/none")
            #expect(!isThere)
            let missing = #expect(throws: FileError.self) { try Files.read(folder + "/none") }
            #expect(missing?.isMissing == true)
            #expect(missing?.description == "\(folder)/none cannot be read: No such file or directory")
            let isFolder = #expect(throws: FileError.self) { try Files.read(folder + "/a") }
            #expect(isFolder?.isMissing == false)
        }
    }

    @Test func `written by many at once is what one of them wrote`() async throws {
        try Files.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/x"
        try await withThrowingTaskGroup { group in
            for number in 0..<20 as Range<UInt8> {
                group.addTask {
                    for _ in 0..<10 { try Files.write([UInt8](repeating: number, count: 10_000), to: path) }
                }
            }
            try await group.waitForAll()
        }
        let bytes = try Files.read(path)
        #expect(bytes.count == 10_000 && Set(bytes).count == 1)
        #expect(try Files.list(folder) == ["x"])
    }

    @Test func `in the way of a folder is named`() throws {
        try inFolder {
            try Files.write([], to: folder + "/x")
            let error = #expect(throws: FileError.self) { try Files.makeFolder(folder + "/x/y") }
            #expect(error?.description == "\(folder)/x cannot be used as a folder: Not a directory")
        }
    }

    @Test func `larger than expected is not read`() throws {
        try inFolder {
            try Files.write([UInt8](repeating: 0, count: 200_000), to: folder + "/x")
            #expect(throws: FileError.self) { try Files.read(folder + "/x", limit: 100_000) }
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `A serial thread` {
    private actor Counter {
        let thread: SerialThread
        var count = 0
        nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

        init(_ thread: SerialThread) { self.thread = thread }

        func add() {
            thread.checkIsolated()
            count += 1
        }
    }

    @Test func `does one thing after the other, on itself`() async throws {
        let thread = try SerialThread(name: "test")
        let counter = Counter(thread)
        await withTaskGroup { group in
            for _ in 0..<1000 { group.addTask { await counter.add() } }
        }
        #expect(await counter.count == 1000)
        thread.stop()
    }
}
