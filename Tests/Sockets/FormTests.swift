// Forms and routes, without a server.

import Sockets
import Testing

@testable import Sockets

@Suite struct `A multipart form` {
    private func form(_ body: String, _ type: String = "multipart/form-data; boundary=b") throws -> MultipartForm {
        try MultipartForm(Array(body.utf8), contentType: type)
    }

    @Test func `keeps names, file names, types and every byte`() throws {
        let found = try form(
            "--b\r\nContent-Disposition: form-data; name=\"payload\"\r\n\r\n{\"a\":1}\r\n--b\r\n"
                + "content-disposition: form-data; filename=\"x;y.jpg\"; name=\"thumb\"\r\nContent-Type: image/jpeg\r\n\r\n"
                + "--not-b\r\n\r\n--b--\r\n")
        #expect(found.parts.map(\.name) == ["payload", "thumb"])
        #expect(found["payload"]?.bytes == Array("{\"a\":1}".utf8))
        #expect(found["thumb"]?.filename == "x;y.jpg")
        #expect(found["thumb"]?.contentType == "image/jpeg")
        #expect(found["thumb"]?.bytes == Array("--not-b\r\n".utf8))
    }

    @Test(arguments: [
        "", "--b", "--b\r\n", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end", "--bx\r\n\r\n--b--",
        "--b\r\nno name\r\n\r\nx\r\n--b--", "text before --b\r\n",
        "--b\r\nContent-Disposition: form-data; name=a\r\n--b--",
    ])
    func `that is damaged is refused with a reason`(body: String) {
        let error = #expect(throws: MultipartForm.Malformed.self) { try form(body) }
        #expect(error?.description.isEmpty == false)
    }

    @Test(arguments: [
        "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=b",
    ])
    func `needs its type and boundary`(type: String) {
        #expect(throws: MultipartForm.Malformed.self) { try form("--b--", type) }
    }

    @Test func `has a limit to its parts`() {
        let part = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n"
        #expect(throws: MultipartForm.Malformed.self) { try form(String(repeating: part, count: 65) + "--b--") }
    }
}

@Suite struct `A route` {
    @Test(arguments: [
        ("/a", "/a", true), ("/a", "/b", false), ("/a", "/a/", false), ("/a/{x}", "/a/1", true),
        ("/a/{x}", "/a/", false),
        ("/a/{x}", "/a/1/2", false), ("/a/{rest...}", "/a/1/2", true), ("/a/{rest...}", "/a/", true), ("/", "/", true),
    ])
    func `matches its pattern and nothing else`(pattern: String, path: String, matches: Bool) {
        #expect((Route.get(pattern) { _ in .text("") }.match(Route.parts(path)) != nil) == matches)
    }
}
