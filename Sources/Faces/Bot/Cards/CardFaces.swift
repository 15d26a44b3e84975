// A card's choices as Discord shows them: up to 25 buttons in rows of five, or a menu of up to 25.

import Discord
import Domain

enum CardFaces {
    static func components(_ card: KeptCard) -> [Component] {
        let choices = Array(card.face.choices.prefix(DiscordLimits.menuChoices))
        if choices.isEmpty { return [] }
        switch card.face.layout {
        case .menu(let prompt):
            let options = choices.enumerated().map { index, choice in
                Component.Select.Choice(
                    choice.label, value: String(index), detail: choice.detail.isEmpty ? nil : choice.detail)
            }
            return [
                .row([
                    .select(
                        Component.Select(
                            customID: CustomID.menu(card: card.id).text, choices: options, placeholder: prompt))
                ])
            ]
        case .buttons:
            let buttons = choices.enumerated().map { index, choice in
                Component.button(
                    Component.Button(
                        choice.label, customID: CustomID.choice(card: card.id, index: index).text,
                        style: style(choice.weight)))
            }
            return stride(from: 0, to: buttons.count, by: 5).map {
                .row(Array(buttons[$0..<min($0 + 5, buttons.count)]))
            }
        }
    }

    private static func style(_ weight: Card.Weight) -> Component.Button.Style {
        switch weight {
        case .normal: .secondary
        case .main: .primary
        case .danger: .danger
        }
    }
}
