// Which blocks a template offers, itself or through the templates it shows; and which are given to it in vain.

struct BlockNames {
    private let shelf: TemplateShelf
    private var offered: [String: Set<String>] = [:]

    init(of shelf: TemplateShelf) { self.shelf = shelf }

    /// Warns of every block, in this template and all it shows, that is given to a parent without one of that name.
    mutating func check(_ template: Template, into slips: inout TemplateSlips) {
        for name in reached(from: template.name).sorted() {
            guard let template = shelf[name] else { continue }
            for (reference, blocks) in parents(in: template.nodes) {
                let known = names(offeredBy: reference.name)
                for block in blocks.values.sorted(by: { $0.offset < $1.offset }) where !known.contains(block.name) {
                    slips.unknownBlock(block, parent: reference.name, known: known, of: template)
                }
            }
        }
    }

    private mutating func names(offeredBy name: String) -> Set<String> {
        if let known = offered[name] { return known }
        var names: Set<String> = []
        for name in reached(from: name) {
            if let template = shelf[name] { collect(template.nodes, into: &names) }
        }
        offered[name] = names
        return names
    }

    /// The template and all that it shows, directly or not; each once, however they show each other.
    private func reached(from name: String) -> Set<String> {
        var reached: Set<String> = [name]
        var waiting = [name]
        while let next = waiting.popLast() {
            for reference in shelf[next]?.references ?? [] where reached.insert(reference.name).inserted {
                waiting.append(reference.name)
            }
        }
        return reached
    }

    private func collect(_ nodes: [Template.Node], into names: inout Set<String>) {
        for node in nodes {
            switch node {
            case .block(let block):
                names.insert(block.name)
                collect(block.nodes, into: &names)
            case .section(_, _, let content): collect(content, into: &names)
            case .parent(_, let blocks): for block in blocks.values { collect(block.nodes, into: &names) }
            case .text, .value, .partial: break
            }
        }
    }

    private func parents(in nodes: [Template.Node]) -> [(Template.Reference, [String: Template.Block])] {
        nodes.flatMap { node -> [(Template.Reference, [String: Template.Block])] in
            switch node {
            case .parent(let reference, let blocks):
                [(reference, blocks)] + blocks.values.flatMap { parents(in: $0.nodes) }
            case .section(_, _, let content): parents(in: content)
            case .block(let block): parents(in: block.nodes)
            case .text, .value, .partial: []
            }
        }
    }
}
