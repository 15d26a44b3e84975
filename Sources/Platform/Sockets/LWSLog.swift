// libwebsockets' own words: one log for the whole process, on stderr unless told otherwise.

internal import CWebSockets

enum LWSLog {
    static func silence() { lws_set_log_level(0, nil) }
}
