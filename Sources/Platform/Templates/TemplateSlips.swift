// Gathers what a template asks for and the data does not have, once for every tag, with the name that was probably
// meant.

internal import Runtime

struct TemplateSlips {
    private struct TagID: Hashable {
        let template: String
        let offset: Int
    }

    private(set) var warnings: [TemplateWarning] = []
    private var seen: Set<TagID> = []

    mutating func missing(_ name: Template.Name, in contexts: [TemplateValue], of template: Template) {
        guard isNew(name.offset, template), let first = name.path.first else { return }
        let meant = contexts.reversed().lazy.compactMap { Self.closest(to: first, in: $0) }.first
        add(.unknownName(first, within: nil, meant: meant), name.offset, template)
    }

    mutating func missing(
        _ name: Template.Name, at index: Int, in value: TemplateValue, of template: Template
    ) {
        guard isNew(name.offset, template) else { return }
        let part = name.path[index]
        let within = name.path[..<index].joined(separator: ".")
        add(.unknownName(part, within: within, meant: Self.closest(to: part, in: value)), name.offset, template)
    }

    mutating func notPrintable(_ name: Template.Name, of template: Template) {
        guard isNew(name.offset, template) else { return }
        add(.notPrintable(name.written), name.offset, template)
    }

    mutating func unknownBlock(
        _ block: Template.Block, parent: String, known: Set<String>, of template: Template
    ) {
        guard isNew(block.offset, template) else { return }
        let meant = Likeness.closest(to: block.name, among: known.sorted())
        add(.unknownBlock(block.name, parent: parent, meant: meant), block.offset, template)
    }

    private mutating func isNew(_ offset: Int, _ template: Template) -> Bool {
        seen.insert(TagID(template: template.name, offset: offset)).inserted
    }

    private mutating func add(_ slip: TemplateWarning.Slip, _ offset: Int, _ template: Template) {
        warnings.append(TemplateWarning(place: template.place(of: offset), slip: slip))
    }

    private static func closest(to name: String, in value: TemplateValue) -> String? {
        guard case .object(let members) = value else { return nil }
        // Sorted, so that two equally near names are always told alike.
        return Likeness.closest(to: name, among: members.keys.sorted())
    }
}
