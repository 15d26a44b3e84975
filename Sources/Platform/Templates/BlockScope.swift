// The blocks that children give to the parents they fill. The outermost giver wins: a child's block goes before the one
// its parent gives to the grandparent.

final class BlockScope: Sendable {
    private let blocks: [String: Template.Block]
    /// Who wrote these blocks.
    let template: Template
    let outer: BlockScope?

    init(_ blocks: [String: Template.Block], of template: Template, outer: BlockScope?) {
        self.blocks = blocks
        self.template = template
        self.outer = outer
    }

    func given(for name: String) -> (block: Template.Block, scope: BlockScope)? {
        var found: (Template.Block, BlockScope)?
        var scope: BlockScope? = self
        while let here = scope {
            if let block = here.blocks[name] { found = (block, here) }
            scope = here.outer
        }
        return found
    }
}
