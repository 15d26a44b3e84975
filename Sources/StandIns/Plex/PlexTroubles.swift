// How Plex, plex.tv and what else stands behind an nginx look on a bad day.

import Sockets

extension Troubles.Looks {
    static let plex = Troubles.Looks(
        gateway: .html("<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", status: 502),
        garbage: .bytes(Array("<MediaContainer size=\"1\"><Tra".utf8) + [0xFF, 0x00, 0x7B], type: "text/xml"),
        status: { status, json in
            json.isNull
                ? PlexAnswer(status: status, body: .html).response(asJSON: false)
                : .json(json.bytes, status: status)
        },
        busy: { seconds in
            var answer = PlexAnswer(status: 429, body: .html)
            answer.headers = [("Retry-After", String(seconds))]
            return (answer.response(asJSON: false), nil)
        })
}
