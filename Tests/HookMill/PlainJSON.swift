// JSON (RFC 8259) as a second reader sees it, a byte at a time and everything made into a value: slow, and plain enough to
// be believed. What the quick reader makes of a hook is held against it.

internal import LooseJSON

indirect enum PlainJSON {
    case null
    case bool(Bool)
    case number(String)
    case text(String)
    case list([PlainJSON])
    case fields([(String, PlainJSON)])

    /// Nil where both readers say the same, refusals and their words included; else what differs.
    static func difference(_ body: [UInt8], wanting names: [String]?) -> String? {
        var reader = PlainReader(bytes: body, deepest: Loose.deepest)
        let plain: Result<PlainJSON, PlainReader.Failure>
        do throws(PlainReader.Failure) {
            let value = try reader.value(depth: 1)
            try reader.end()
            plain = .success(value)
        } catch { plain = .failure(error) }
        let loose: Result<Loose, Loose.Refusal>
        do throws(Loose.Refusal) {
            loose = .success(try Loose.hook(body, wanting: names.map { LooseNames($0) }))
        } catch { loose = .failure(error) }
        switch (plain, loose) {
        case (.success(let plain), .success(let loose)):
            return plain.isSame(as: loose, names) ? nil : "read as \(loose)"
        case (.success(let plain), .failure(let refusal)):
            // What is JSON is no hook unless it is an object with something in it.
            if case .fields(let members) = plain, !members.isEmpty { return "refused: \(refusal.why)" }
            return nil
        case (.failure(let failure), .success): return "believed in spite of \(failure.description)"
        case (.failure(let failure), .failure(let refusal)):
            return refusal.why.hasSuffix(failure.description) || refusal.why == "the body is empty"
                ? nil : "\(refusal.why), not \(failure.description)"
        }
    }

    private func isSame(as loose: Loose, _ names: [String]?) -> Bool {
        switch (self, loose) {
        case (.null, .null): return true
        case (.bool(let one), .bool(let other)): return one == other
        case (.number(let one), .number(let other)), (.text(let one), .text(let other)):
            return Array(one.utf8) == Array(other.utf8)
        case (.list(let ones), .list(let others)):
            return ones.count == others.count && zip(ones, others).allSatisfy { $0.isSame(as: $1, names) }
        case (.fields(let ones), .fields(let others)):
            let wanted = ones.filter { one in
                names?.contains { Array($0.utf8) == Array(one.0.utf8) } ?? true
            }
            return wanted.count == others.all.count
                && zip(wanted, others.all).allSatisfy { $0.0 == $1.key && $0.1.isSame(as: $1.value, names) }
        default: return false
        }
    }
}
