// All templates by name: those compiled in, and the owner's in front of them. An owner's template that cannot be used
// is told of, and the built-in one of that name stands in for it; a mail goes out in any case.

package struct TemplateShelf: Sendable {
    private let builtIn: [String: Template]
    private let templates: [String: Template]
    /// The owner's templates that are not used, by name.
    package let broken: [BrokenTemplate]
    package let missing: MissingTemplates
    package let limits: TemplateLimits

    /// Throws only for the built-in ones, which no owner can mend.
    package init(
        builtIn texts: [String: String], owners: [String: String] = [:], missing: MissingTemplates = .refused,
        limits: TemplateLimits = .standard
    ) throws(TemplateError) {
        var builtIn: [String: Template] = [:]
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            builtIn[name] = try Template.parse(text, named: name, limits: limits)
        }
        let shelf = TemplateShelf(builtIn: builtIn, owners: owners, missing: missing, limits: limits)
        for (_, template) in builtIn.sorted(by: { $0.key < $1.key }) {
            if let error = shelf.unknownReference(of: template) { throw error }
        }
        self = shelf
    }

    /// The same built-in templates behind other texts of the owner: for a preview while they write.
    package func with(owners: [String: String]) -> TemplateShelf {
        TemplateShelf(builtIn: builtIn, owners: owners, missing: missing, limits: limits)
    }

    package var withoutOwners: TemplateShelf { with(owners: [:]) }

    package var names: [String] { templates.keys.sorted() }

    subscript(name: String) -> Template? { templates[name] }

    private init(
        builtIn: [String: Template], owners: [String: String], missing: MissingTemplates, limits: TemplateLimits
    ) {
        var chosen = OwnersChoice(builtIn: builtIn)
        for (name, text) in owners {
            do throws(TemplateError) {
                chosen.take(try Template.parse(text, named: name, limits: limits))
            } catch { chosen.refuse(name, error) }
        }
        if missing == .refused { chosen.refuseWhatNamesNothing() }
        self.builtIn = builtIn
        self.missing = missing
        self.limits = limits
        templates = chosen.templates
        broken = chosen.broken.sorted { $0.name < $1.name }
    }
}

/// What a template named by another one is when nobody has it.
package enum MissingTemplates: Sendable {
    /// An error: a letter without its greeting is a broken letter.
    case refused
    /// What the public specification recommends.
    case shownAsNothing
}

package struct BrokenTemplate: Sendable, Equatable, CustomStringConvertible {
    package let name: String
    package let error: TemplateError
    package let hasBuiltIn: Bool

    package var description: String {
        "\(error) (\(hasBuiltIn ? "the built-in \(name) is used" : "\(name) is left out"))"
    }
}

extension TemplateShelf {
    func unknown(_ name: String, at place: TemplatePlace?) -> TemplateError {
        TemplateNames(names).unknown(name, at: place)
    }

    private func unknownReference(of template: Template) -> TemplateError? {
        missing == .refused ? TemplateNames(names).unknownReference(of: template) : nil
    }
}
