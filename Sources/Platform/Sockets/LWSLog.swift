// libwebsockets' own words go where ours go. It has one log for the whole process, so the first loop's log takes them.

internal import CWebSockets
internal import Runtime
internal import Synchronization

enum LWSLog {
    private static let destination = Mutex<Log?>(nil)

    static func install(_ log: Log) {
        let isFirst = destination.withLock { destination in
            defer { destination = destination ?? log.labelled("libwebsockets") }
            return destination == nil
        }
        // Only what points at a fault of ours: the ordinary mishaps of a network reach us as callbacks.
        if isFirst { unsafe lws_set_log_level(clws_log_errors | clws_log_warnings, emit) }
    }

    fileprivate static func write(_ line: String) {
        destination.withLock { $0 }?.debug(line)
    }
}

private func emit(_ level: Int32, _ line: UnsafePointer<CChar>?) {
    guard let line = unsafe line else { return }
    var text = unsafe String(cString: line)
    while text.last?.isNewline == true { text.removeLast() }
    LWSLog.write(text)
}
