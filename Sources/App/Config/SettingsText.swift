// The table of settings as text: `.env.example` and the README's table are exactly this, and a test keeps them so.

enum SettingsText {
    /// What `autoplex help settings` prints and `.env.example` holds.
    static func dotEnv() -> String {
        var text = """
            # Settings of Autoplex. Copy this file to .env and fill in what you use; everything else has its default.
            # Every secret NAME may also be given as NAME_FILE, the path of a file that holds it (Docker secrets).
            # `autoplex check` tests what you filled in, one line each.

            """
        for group in Variable.Group.allCases {
            text += "\n# --- \(group.rawValue) ---\n"
            for variable in Variable.all where variable.group == group && !variable.isRepeated {
                text += "\n# \(variable.summary)\n"
                if !variable.standard.isEmpty { text += "# Default: \(variable.standard)\n" }
                text += "#\(variable.name)=\(variable.example)\n"
            }
        }
        return text
    }

    /// The README's table.
    static func markdown() -> String {
        var text = ""
        for group in Variable.Group.allCases {
            text += "\n**\(group.rawValue)**\n\n| Setting | Meaning | Default |\n|---|---|---|\n"
            for variable in Variable.all where variable.group == group && !variable.isRepeated {
                let standard = variable.standard.isEmpty ? "" : "`\(variable.standard)`"
                let secret = variable.isSecret ? " (secret; or `\(variable.name)_FILE`)" : ""
                text += "| `\(variable.name)` | \(cell(variable.summary))\(secret) | \(standard) |\n"
            }
        }
        return text
    }

    /// A bar would end the cell.
    private static func cell(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
