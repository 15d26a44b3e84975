// Files of a folder, as they are. A path cannot leave the folder, neither by dots nor by a link; hidden files are not
// there; an unchanged file is not sent twice (RFC 9110 §13.1.2).

internal import Glibc

extension Route {
    /// `prefix` without a slash at its end: "/static".
    package static func files(_ prefix: String, folder: String) -> Route {
        .get(prefix + "/{path...}") { request in StaticFiles(folder: folder).answer(request) }
    }
}

struct StaticFiles: Sendable {
    let folder: String

    func answer(_ request: ServerRequest) -> ServerResponse {
        guard let path = path(for: request.parameters["path"] ?? ""), let file = FileReader(path: path) else {
            return .notFound
        }
        let tag = "\"\(file.version)\""
        let headers = [
            ("Content-Type", Self.type(of: path)), ("ETag", tag), ("Cache-Control", "no-cache"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        let known = request.headers["if-none-match"]?.split(separator: ",").map { $0.filter { !$0.isWhitespace } } ?? []
        if known.contains(where: { $0 == tag || $0 == "W/" + tag || $0 == "*" }) {
            return ServerResponse(status: 304, headers: headers)
        }
        return ServerResponse(status: 200, headers: headers, body: .file(path: path))
    }

    /// Nil for whatever is not an ordinary place below the folder.
    private func path(for asked: String) -> String? {
        let parts = asked.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") && !$0.utf8.contains(0) }) else { return nil }
        guard let root = Self.real(folder), let path = Self.real(folder + "/" + asked) else { return nil }
        return path.hasPrefix(root + "/") ? path : nil
    }

    /// With every link followed.
    private static func real(_ path: String) -> String? {
        guard let found = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(found) }
        return unsafe String(cString: found)
    }

    static func type(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        let ending = name.contains(".") ? name.split(separator: ".").last.map { $0.lowercased() } : nil
        return switch ending {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js", "mjs": "text/javascript; charset=utf-8"
        case "json": "application/json"
        case "txt", "md": "text/plain; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "gif": "image/gif"
        case "webp": "image/webp"
        case "ico": "image/vnd.microsoft.icon"
        case "woff2": "font/woff2"
        case "ics": "text/calendar; charset=utf-8"
        case "csv": "text/csv; charset=utf-8"
        default: "application/octet-stream"
        }
    }
}
