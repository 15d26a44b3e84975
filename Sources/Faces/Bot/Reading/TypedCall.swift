// A typed line becomes a command with its arguments, or a complaint that says what is wrong and how it is written.

struct TypedCall {
    var found: CommandList.Found
    var arguments: Arguments

    /// `line` is what stands behind the prefix or mention. Nothing at all asks for help.
    static func read(
        _ line: String, from commands: CommandList, for level: Level, names: MentionNames, spelling: Spelling
    ) throws(Complaint) -> TypedCall {
        var words = try Words.split(line)
        if words.isEmpty { words = [Word(text: "help", isQuoted: false)] }
        let (found, rest) = try commands.find(in: words, for: level, spelling: spelling)
        do {
            let arguments = try ArgumentReader.arguments(of: rest, for: found.signature.options, names: names)
            return TypedCall(found: found, arguments: arguments)
        } catch {
            throw found.complaint(error, spelling)
        }
    }
}
