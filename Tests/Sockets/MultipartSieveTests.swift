// The sieve against the form read whole: the same parts, however the bytes come in.

import Testing

@testable import Sockets

@Suite struct `Forms sifted while they come in` {
    static let type = "multipart/form-data; boundary=x-y-z"

    static func form(_ parts: [(name: String, bytes: [UInt8])], end: String = "--x-y-z--\r\n") -> [UInt8] {
        var body: [UInt8] = []
        for part in parts {
            body += Array("--x-y-z\r\nContent-Disposition: form-data; name=\"\(part.name)\"\r\n\r\n".utf8)
            body += part.bytes + [13, 10]
        }
        return body + Array(end.utf8)
    }

    static func sift(
        _ body: [UInt8], by size: Int, most: Int = 1000, type: String = type
    ) throws -> (parts: [MultipartForm.Part], isTooLarge: Bool) {
        var sieve = try #require(MultipartSieve(contentType: type, keeping: ["payload", "note"], most: most))
        for start in stride(from: 0, to: body.count, by: size) {
            sieve.feed(Array(body[start..<min(start + size, body.count)]))
        }
        return (try sieve.end(), sieve.isTooLarge)
    }

    @Test(arguments: [1, 2, 3, 7, 40, 4096, 100_000])
    func `in pieces of any size`(size: Int) throws {
        // A picture with line ends, and with nearly the boundary in it.
        var thumb: [UInt8] = []
        for number in 0..<500 { thumb += Array("\r\n--x-y-\(number)\r\n\r".utf8) }
        let body = Self.form([
            ("thumb", thumb), ("payload", Array("{\"a\":\"\r\n--x-y\"}".utf8)), ("note", []), ("other", [1]),
        ])
        let (parts, isTooLarge) = try Self.sift(body, by: size)
        #expect(parts.map(\.name) == ["payload", "note"])
        #expect(parts.map(\.bytes) == [Array("{\"a\":\"\r\n--x-y\"}".utf8), []])
        #expect(!isTooLarge)
        let whole = try MultipartForm(body, contentType: Self.type)
        #expect(whole["payload"] == parts[0])
    }

    @Test func `a hundred times what is kept passes by`() throws {
        let body = Self.form([("thumb", [UInt8](repeating: 13, count: 200_000)), ("payload", [7])])
        var sieve = try #require(MultipartSieve(contentType: Self.type, keeping: ["payload"], most: 1000))
        var most = 0
        for start in stride(from: 0, to: body.count, by: 4096) {
            sieve.feed(Array(body[start..<min(start + 4096, body.count)]))
            most = max(most, sieve.held)
        }
        #expect(try sieve.end().map(\.bytes) == [[7]])
        #expect(!sieve.isTooLarge)
        #expect(most < 4096)
    }

    @Test func `a part that is wanted ends at its bound`() throws {
        let body = Self.form([("payload", [UInt8](repeating: 65, count: 5000)), ("note", [1])])
        let (parts, isTooLarge) = try Self.sift(body, by: 512)
        #expect(isTooLarge)
        #expect(parts.map(\.bytes.count) == [1000, 1])
        let (exact, isMore) = try Self.sift(Self.form([("payload", [UInt8](repeating: 65, count: 1000))]), by: 512)
        #expect(exact.map(\.bytes.count) == [1000])
        #expect(!isMore)
    }

    @Test(arguments: [
        ("", "does not begin"), ("nothing of the sort", "does not begin"),
        ("--x-y-z\r\nContent-Disposition: form-data; name=\"payload\"\r\n\r\nabc", "in the middle"),
        ("--x-y-z\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x-y-z--", "has no name"),
        ("--x-y-z\r\n\r\nabc\r\n--x-y-z--", "has no name"), ("--x-y-zzz\r\n", "damaged"),
        ("--x-y-z\r\n" + String(repeating: "a", count: 20_000), "no end of its headers"),
        ("--other\r\nContent-Disposition: form-data; name=\"payload\"\r\n\r\n{}\r\n--other--\r\n", "does not begin"),
    ])
    func `what is no form is not taken for one`(_ body: String, _ why: String) throws {
        for size in [1, 5000] {
            let error = #expect(throws: MultipartForm.Malformed.self) { try Self.sift(Array(body.utf8), by: size) }
            #expect(error?.description.contains(why) == true, "\(error?.description ?? "")")
        }
    }

    @Test func `parts without end are not counted for ever`() throws {
        let body = Self.form((0..<100).map { ("p\($0)", [1]) })
        #expect(throws: MultipartForm.Malformed.self) { try Self.sift(body, by: 4096) }
    }

    @Test(arguments: ["multipart/form-data", "text/plain; boundary=x", "multipart/form-data; boundary="])
    func `without a boundary there is no sieve`(_ type: String) {
        #expect(MultipartSieve(contentType: type, keeping: ["payload"], most: 10) == nil)
    }
}
