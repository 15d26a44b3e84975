// Filling in a template of the shelf: strictly, for a preview, or so that a page comes out in any case.

package struct RenderedTemplate: Sendable, Equatable {
    package let text: String
    /// Probable slips; only a preview looks for them.
    package let warnings: [TemplateWarning]
    /// Why the built-in templates were used alone.
    package let fellBack: TemplateError?
}

extension TemplateShelf {
    package func render(
        _ name: String, with data: TemplateValue, escaping: TemplateEscaping = .html
    ) throws(TemplateError) -> String {
        try rendered(name, data, escaping, notesSlips: false).text
    }

    /// With what the owner should look at: names that the data does not have, blocks given in vain.
    package func preview(
        _ name: String, with data: TemplateValue, escaping: TemplateEscaping = .html
    ) throws(TemplateError) -> RenderedTemplate {
        try rendered(name, data, escaping, notesSlips: true)
    }

    /// Some mistakes show only when data meets the template (one that shows itself without end). Then the built-in
    /// templates make the page, and the answer says why. Throws when these cannot either.
    package func renderOrFallBack(
        _ name: String, with data: TemplateValue, escaping: TemplateEscaping = .html
    ) throws(TemplateError) -> RenderedTemplate {
        do throws(TemplateError) {
            return try rendered(name, data, escaping, notesSlips: false)
        } catch {
            let page = try withoutOwners.rendered(name, data, escaping, notesSlips: false)
            return RenderedTemplate(text: page.text, warnings: [], fellBack: error)
        }
    }

    private func rendered(
        _ name: String, _ data: TemplateValue, _ escaping: TemplateEscaping, notesSlips: Bool
    ) throws(TemplateError) -> RenderedTemplate {
        guard let template = self[name] else { throw unknown(name, at: nil) }
        var renderer = TemplateRenderer(template, of: self, with: data, escaping: escaping, notesSlips: notesSlips)
        try renderer.render()
        var slips = renderer.slips ?? TemplateSlips()
        if notesSlips {
            var blocks = BlockNames(of: self)
            blocks.check(template, into: &slips)
        }
        return RenderedTemplate(
            text: String(decoding: renderer.output, as: UTF8.self), warnings: slips.warnings, fellBack: nil)
    }
}
