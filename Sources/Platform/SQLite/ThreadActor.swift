// An actor that lives on a thread of its own. Here, because saying which executor an actor runs on is unsafe to write
// and rooms above Platform write nothing unsafe.

package import Runtime

package protocol ThreadActor: Actor {
    nonisolated var thread: SerialThread { get }
}

extension ThreadActor {
    // Safe: the actor holds its thread, so the executor lives as long as the actor.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }
}
