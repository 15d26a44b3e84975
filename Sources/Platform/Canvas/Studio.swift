// Where drawing is done: one thread of its own, so that no task waits behind a picture and pango's fonts are looked up
// once. Callers write `try await studio.draw { try chart.picture() }`.

package import Runtime

package actor Studio {
    private nonisolated let thread: SerialThread

    // Safe: the actor holds its thread, so the executor lives as long as the actor.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe thread.asUnownedSerialExecutor() }

    package init() throws(SystemThread.NotStarted) {
        thread = try SerialThread(name: "pictures")
    }

    deinit { thread.stop() }

    package func draw<Drawn: Sendable>(_ work: @Sendable () throws -> Drawn) rethrows -> Drawn { try work() }
}
