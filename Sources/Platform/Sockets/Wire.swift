// A connection as lws knows it, with the calls we make on it under names of our own.

internal import CWebSockets

/// Valid until LWS_CALLBACK_WSI_DESTROY, on the loop's thread: whoever holds one forgets it then.
@safe struct Wire {
    let wsi: OpaquePointer

    init(_ wsi: OpaquePointer) { unsafe self.wsi = wsi }

    /// From now on its callbacks go to `owner`.
    func belong(to owner: SocketOwner, keptBy loop: EventLoop) {
        unsafe lws_set_opaque_user_data(wsi, loop.keep(owner))
    }

    func askToWrite() { unsafe lws_callback_on_writable(wsi) }

    /// TCP ends, nothing more is sent. Not at once, for this may be said in the midst of one of its own callbacks.
    func kill() { unsafe lws_set_timeout(wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC) }

    /// Killed then, unless lws sets a time of its own before.
    func kill(afterSeconds seconds: Int32) { unsafe lws_set_timeout(wsi, PENDING_TIMEOUT_CLOSE_SEND, seconds) }

    /// The piece just received is the last of its message.
    var isAtMessageEnd: Bool { unsafe lws_is_final_fragment(wsi) != 0 }
    var isReceivingText: Bool { unsafe lws_frame_is_binary(wsi) == 0 }

    /// Also while the rest of the last write waits: lws kills a connection that is written to then.
    var isChoked: Bool { unsafe lws_send_pipe_choked(wsi) != 0 }

    /// `framed` has LWS_PRE bytes for the frame's head in front. False when the line is lost.
    /// lws masks the bytes where they lie, and keeps a copy of what the socket does not take at once.
    func write(_ framed: inout [UInt8], isText: Bool) -> Bool {
        unsafe framed.withUnsafeMutableBufferPointer { buffer in
            let payload = unsafe UnsafeMutableBufferPointer(rebasing: buffer[Int(clws_pre)...])
            let kind = isText ? LWS_WRITE_TEXT : LWS_WRITE_BINARY
            return unsafe lws_write(wsi, payload.baseAddress, payload.count, kind) >= 0
        }
    }

    /// What the close frame will say when the callback that is running returns -1.
    func prepareClose(code: UInt16, reason: String) {
        // A control frame holds 125 bytes, two of them the code.
        var text = Array(reason.utf8.prefix(123))
        while !text.isEmpty, String(validating: text, as: UTF8.self) == nil { text.removeLast() }
        let count = text.count
        unsafe text.withUnsafeMutableBufferPointer { buffer in
            unsafe lws_close_reason(wsi, lws_close_status(UInt32(code)), buffer.baseAddress, count)
        }
    }

    var httpStatus: Int { unsafe Int(lws_http_client_http_response(wsi)) }
}
