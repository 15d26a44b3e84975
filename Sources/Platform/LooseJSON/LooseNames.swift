// The names of the fields somebody will ask for. A hook has a hundred and more of which a dozen count; what is known not
// to be asked for need not be made into values.

package struct LooseNames: Sendable {
    private struct Name: Sendable {
        let text: String
        let bytes: [UInt8]
    }

    /// By their length, as that tells most apart.
    private let byLength: [[Name]]

    package init(_ names: [String]) {
        var byLength: [[Name]] = Array(repeating: [], count: (names.map(\.utf8.count).max() ?? 0) + 1)
        for name in names { byLength[name.utf8.count].append(Name(text: name, bytes: Array(name.utf8))) }
        self.byLength = byLength
    }

    func contains(_ name: String) -> Bool {
        let length = name.utf8.count
        return length < byLength.count && byLength[length].contains { $0.text == name }
    }

    /// The name these bytes are, if it is one of them.
    func name(at range: Range<Int>, of bytes: [UInt8]) -> String? {
        guard range.count < byLength.count else { return nil }
        for name in byLength[range.count] where Self.areEqual(name.bytes, bytes, from: range.lowerBound) {
            return name.text
        }
        return nil
    }

    private static func areEqual(_ name: [UInt8], _ bytes: [UInt8], from start: Int) -> Bool {
        // From the end: many names begin alike.
        for place in name.indices.reversed() where name[place] != bytes[start + place] { return false }
        return true
    }
}
