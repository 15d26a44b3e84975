// An actor that lives on an event loop (SE-0392). It says which loop; this says the rest, so that the unsafe word
// stays in this room. WebSocket handlers enter such an actor by `assumeIsolated`, without a hop and without a task.

package protocol LoopActor: Actor {
    nonisolated var loop: EventLoop { get }
}

extension LoopActor {
    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }
}
