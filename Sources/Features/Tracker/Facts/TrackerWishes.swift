// What whoever runs this wants of the tracker.

package struct TrackerWishes: Hashable, Sendable {
    package var isOn: Bool
    /// All people of the server have a list of their own, not only those who asked for one.
    package var isForEverybody: Bool
    /// For people who did not say.
    package var autoAdd: Bool
    package var autoWatch: Bool
    /// So long hooks are kept as they came.
    package var keepDays: Int

    package init(
        isOn: Bool = false, isForEverybody: Bool = false, autoAdd: Bool = true, autoWatch: Bool = true,
        keepDays: Int = 90
    ) {
        self.isOn = isOn
        self.isForEverybody = isForEverybody
        self.autoAdd = autoAdd
        self.autoWatch = autoWatch
        self.keepDays = keepDays
    }
}
