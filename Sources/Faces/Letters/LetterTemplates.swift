// The templates letters are made with: the built-in ones, behind the owner's files of CONFIG_DIR/templates/newsletter and
// CONFIG_DIR/templates/notices. A file that cannot be used is told of and the built-in template stands in: a letter goes
// out in any case.

internal import Runtime
package import Templates

package struct LetterTemplates: Sendable {
    package let shelf: TemplateShelf
    /// What the owner should mend.
    package let problems: [LetterNote]

    /// Which letters; a folder of the owner's has files for one kind.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case newsletter, notices

        package var builtIn: [String: String] {
            switch self {
            case .newsletter: BuiltInTemplates.all
            case .notices: NoticeTemplates.all
            }
        }
    }
    package let kind: Kind

    static let ending = ".mustache"

    /// Only the built-in ones.
    package init(_ kind: Kind = .newsletter) throws(TemplateError) { try self.init(files: [:], kind) }

    /// The owner's, by file name: "header.mustache".
    package init(files: [String: String], _ kind: Kind = .newsletter) throws(TemplateError) {
        let owners = Self.byName(files)
        self.init(try Self.shelf(kind, owners), kind, owners, [])
    }

    /// Ours do not change while the program runs, so they are parsed once.
    private static let builtIn = Dictionary(
        uniqueKeysWithValues: Kind.allCases.compactMap { kind in
            (try? TemplateShelf(builtIn: kind.builtIn)).map { (kind, $0) }
        })

    private static func shelf(_ kind: Kind, _ owners: [String: String]) throws(TemplateError) -> TemplateShelf {
        if let shelf = builtIn[kind] { return shelf.with(owners: owners) }
        // Says what is wrong with them.
        return try TemplateShelf(builtIn: kind.builtIn, owners: owners)
    }

    /// The owner's, as they are in their folder now. No folder is none, and no problem.
    package static func read(
        folder: String, _ kind: Kind = .newsletter
    ) throws(TemplateError) -> LetterTemplates {
        let (files, unread) = files(in: folder)
        let owners = byName(files)
        return LetterTemplates(
            try shelf(kind, owners), kind, owners, unread.map { .template($0) })
    }

    /// The owner's files.
    package static func names(folder: String) -> [String] { files(in: folder).files.keys.sorted() }

    /// Another one as soon as anything in the folder is another. Not the same after a restart.
    package static func mark(folder: String) -> Int {
        let (files, unread) = files(in: folder)
        var hasher = Hasher()
        hasher.combine(files)
        hasher.combine(unread)
        return hasher.finalize()
    }

    private static func files(in folder: String) -> (files: [String: String], unread: [String]) {
        var files: [String: String] = [:]
        var unread: [String] = []
        do throws(FileError) {
            for name in try Files.list(folder).sorted() where name.hasSuffix(ending) && !name.hasPrefix(".") {
                do throws(FileError) {
                    files[name] = try Files.text("\(folder)/\(name)")
                } catch { unread.append("\(name): \(error)") }
            }
        } catch {
            if !error.isMissing { unread.append("the templates cannot be read: \(error)") }
        }
        return (files, unread)
    }

    /// The same with other texts of the owner, for a preview while they write.
    package func with(files: [String: String]) -> LetterTemplates {
        let owners = Self.byName(files)
        return LetterTemplates(shelf.with(owners: owners), kind, owners, [])
    }

    private init(_ shelf: TemplateShelf, _ kind: Kind, _ owners: [String: String], _ unread: [LetterNote]) {
        self.shelf = shelf
        self.kind = kind
        problems =
            unread + shelf.broken.map { .template(Self.naming("\($0)", $0.name)) } + Self.idle(owners, kind)
    }

    private static func byName(_ files: [String: String]) -> [String: String] {
        Dictionary(
            files.map { ($0.key.hasSuffix(ending) ? String($0.key.dropLast(ending.count)) : $0.key, $0.value) }
        ) { first, _ in first }
    }

    /// "header, line 3 …" is about the file "header.mustache".
    static func naming(_ words: String, _ name: String) -> String {
        words.hasPrefix(name) ? "\(name)\(ending)\(words.dropFirst(name.count))" : "\(name)\(ending): \(words)"
    }

    /// Files under a name that nothing shows: most likely a misspelt one.
    private static func idle(_ owners: [String: String], _ kind: Kind) -> [LetterNote] {
        let builtIn = kind.builtIn
        return owners.keys.sorted().compactMap { name in
            guard builtIn[name] == nil else { return nil }
            let isShown = owners.values.contains { text in
                text.split(separator: "{{").contains { tag in
                    guard let mark = tag.first, mark == ">" || mark == "<" else { return false }
                    return tag.dropFirst().drop { $0 == " " }.prefix { $0 != " " && $0 != "}" } == name
                }
            }
            guard !isShown else { return nil }
            let meant = Likeness.closest(to: name, among: builtIn.keys.sorted())
            let hint = meant.map { ": did you mean \($0)\(ending)?" } ?? ""
            return .template("\(name)\(ending) is shown by no other template\(hint)")
        }
    }
}
