// The short way from a template's text to a page, for tests.

import Templates

/// Renders `text`, which may name the `others`.
func rendered(
    _ text: String, _ data: TemplateValue = [:], with others: [String: String] = [:],
    escaping: TemplateEscaping = .html, limits: TemplateLimits = .standard
) throws -> String {
    try TemplateShelf(builtIn: others.merging(["page": text]) { $1 }, limits: limits)
        .render("page", with: data, escaping: escaping)
}

/// What is said of a template that cannot be read or rendered.
func complaint(
    _ text: String, _ data: TemplateValue = [:], with others: [String: String] = [:],
    limits: TemplateLimits = .standard
) -> String? {
    do {
        _ = try rendered(text, data, with: others, limits: limits)
        return nil
    } catch { return "\(error)" }
}
