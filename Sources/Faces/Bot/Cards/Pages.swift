// Long answers in pages. The whole state of the buttons is in their ids, so turning a page writes nothing.

import Discord
import Domain

enum Pages {
    static func shown(
        _ report: Report, page: Int, of count: Int, card: String
    ) -> (report: Report, components: [Component]) {
        var report = report
        let place: Prose = "Page \(page + 1) of \(count)"
        report.footer = report.footer.isEmpty ? place : report.footer + " · " + place
        func button(_ label: String, _ target: Int, _ mark: String) -> Component {
            .button(
                Component.Button(
                    label, customID: CustomID.page(card: card, page: min(max(target, 0), count - 1), mark: mark).text,
                    disabled: target < 0 || target >= count || target == page))
        }
        return (
            report,
            [
                .row([
                    button("« First", page == 0 ? -1 : 0, "first"), button("‹ Back", page - 1, "back"),
                    button("Next ›", page + 1, "next"), button("Last »", page == count - 1 ? count : count - 1, "last"),
                ])
            ]
        )
    }
}
