// What lws keeps bare pointers to for as long as its context lives. Made before the context, freed after it.

internal import CWebSockets
internal import Glibc

@safe struct StableTables: @unchecked Sendable {
    /// One protocol for everything, client and server: who is meant is found by `socketCallback`.
    let protocols: UnsafeMutablePointer<lws_protocols>
    /// All zero, which switches lws' own pings and hang-ups off.
    let idlePolicy: UnsafeMutablePointer<lws_retry_bo_t>
    private let name: UnsafeMutablePointer<CChar>

    init?() {
        guard let name = unsafe strdup("autoplex") else { return nil }
        unsafe self.name = name
        unsafe protocols = .allocate(capacity: 2)
        // The second, empty one ends the table.
        unsafe protocols.initialize(repeating: lws_protocols(), count: 2)
        unsafe protocols[0].name = UnsafePointer(name)
        unsafe protocols[0].callback = socketCallback
        // The pieces in which a long message arrives; every open WebSocket has a buffer of this size.
        unsafe protocols[0].rx_buffer_size = 16 << 10
        unsafe idlePolicy = .allocate(capacity: 1)
        unsafe idlePolicy.initialize(to: lws_retry_bo_t())
    }

    func free() {
        unsafe protocols.deallocate()
        unsafe idlePolicy.deallocate()
        unsafe Glibc.free(name)
    }
}
