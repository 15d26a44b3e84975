// What a button or menu carries (`custom_id`, at most 100 characters): enough to find the rest in storage, or, for
// pages, the whole state. It is read back from the network and believed only as far as storage confirms it.

enum CustomID: Equatable {
    /// Turn to a page. `mark` tells buttons apart that lead to the same page: ids must be unique in a message.
    case page(card: String, page: Int, mark: String)
    /// A button's choice.
    case choice(card: String, index: Int)
    /// A menu; the chosen index comes as its value.
    case menu(card: String)

    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        switch (parts.first, parts.count) {
        case ("page", 4):
            guard let page = Int(parts[2]), page >= 0 else { return nil }
            self = .page(card: parts[1], page: page, mark: parts[3])
        case ("card", 3):
            guard let index = Int(parts[2]), index >= 0 else { return nil }
            self = .choice(card: parts[1], index: index)
        case ("menu", 2): self = .menu(card: parts[1])
        default: return nil
        }
    }

    var text: String {
        switch self {
        case .page(let card, let page, let mark): "page:\(card):\(page):\(mark)"
        case .choice(let card, let index): "card:\(card):\(index)"
        case .menu(let card): "menu:\(card)"
        }
    }
}
