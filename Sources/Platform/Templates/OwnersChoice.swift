// Which templates are used when the owner's stand before the built-in ones and some of the owner's are broken.

internal import Runtime

struct OwnersChoice {
    private let builtIn: [String: Template]
    private(set) var templates: [String: Template]
    private(set) var broken: [BrokenTemplate] = []
    private var owners: Set<String> = []

    init(builtIn: [String: Template]) {
        self.builtIn = builtIn
        templates = builtIn
    }

    mutating func take(_ template: Template) {
        templates[template.name] = template
        owners.insert(template.name)
    }

    mutating func refuse(_ name: String, _ error: TemplateError) {
        templates[name] = builtIn[name]
        owners.remove(name)
        broken.append(BrokenTemplate(name: name, error: error, hasBuiltIn: builtIn[name] != nil))
    }

    /// One that is left out may leave another one without what it names, so this goes on until nothing changes.
    mutating func refuseWhatNamesNothing() {
        var isSettled = false
        while !isSettled {
            isSettled = true
            let names = TemplateNames(templates.keys.sorted())
            for name in owners.sorted() {
                guard let template = templates[name], let error = names.unknownReference(of: template) else { continue }
                refuse(name, error)
                isSettled = false
            }
        }
    }
}

/// The names there are, for saying which one is not among them.
struct TemplateNames {
    private let sorted: [String]
    private let names: Set<String>

    init(_ sorted: [String]) {
        self.sorted = sorted
        names = Set(sorted)
    }

    func unknownReference(of template: Template) -> TemplateError? {
        template.references.first { !names.contains($0.name) }.map {
            unknown($0.name, at: template.place(of: $0.offset))
        }
    }

    func unknown(_ name: String, at place: TemplatePlace?) -> TemplateError {
        .unknownTemplate(name, at: place, meant: Likeness.closest(to: name, among: sorted))
    }
}
