// What a browser is told of every answer of the dashboard: nothing from elsewhere, no script or style but our files, no
// frame around it, no copy kept, no address of ours told to others.

internal import Sockets

enum PagePolicy {
    static func page(_ html: String, status: Int = 200, headers: [(String, String)] = []) -> ServerResponse {
        let policy =
            "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
            + "form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
        return ServerResponse(
            status: status,
            headers: [
                ("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", policy),
                ("X-Frame-Options", "DENY"), ("X-Robots-Tag", "noindex, nofollow"),
                ("Cross-Origin-Opener-Policy", "same-origin"),
            ] + quiet + headers, body: .bytes([UInt8](html.utf8)))
    }

    /// Ours and the same for everybody; its address changes when it does.
    static func file(_ text: String, type: String) -> ServerResponse {
        ServerResponse(
            status: 200,
            headers: [
                ("Content-Type", type), ("Cache-Control", "public, max-age=86400"),
                ("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", "default-src 'none'"),
            ], body: .bytes([UInt8](text.utf8)))
    }

    /// Somebody's, for nobody else.
    static func answer(_ bytes: [UInt8], type: String, name: String? = nil) -> ServerResponse {
        var headers = [("Content-Type", type), ("Content-Security-Policy", "default-src 'none'; sandbox")] + quiet
        if let name { headers.append(("Content-Disposition", "attachment; filename=\"\(name)\"")) }
        return ServerResponse(status: 200, headers: headers, body: .bytes(bytes))
    }

    static func redirect(_ address: String, headers: [(String, String)] = []) -> ServerResponse {
        ServerResponse(status: 303, headers: [("Location", address)] + quiet + headers)
    }

    private static let quiet = [
        ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
    ]
}
