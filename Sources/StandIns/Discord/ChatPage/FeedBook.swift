// Who watches the world live. Apart from the core, because the chat page may be served on another loop than the core's.

import Sockets
import Synchronization

final class FeedBook: Sendable {
    struct Feed: Sendable {
        let socket: WebSocket
        let viewer: DiscordID
    }

    private let feeds = Mutex<(last: Int, all: [Int: Feed])>((0, [:]))

    var all: [Feed] { feeds.withLock { Array($0.all.values) } }

    func open(_ socket: WebSocket, viewer: DiscordID) -> Int {
        feeds.withLock { feeds in
            feeds.last += 1
            feeds.all[feeds.last] = Feed(socket: socket, viewer: viewer)
            return feeds.last
        }
    }

    func close(_ number: Int) { feeds.withLock { _ = $0.all.removeValue(forKey: number) } }
}
