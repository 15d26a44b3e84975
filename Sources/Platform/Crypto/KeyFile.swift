// A key nobody had to think of: made at the first start and kept beside the database in a file that only the owner may
// read. Losing it loses every sealed token, so it is never written over and a bad one is never replaced.

internal import Glibc
internal import Runtime

extension SealingKey {
    package static func load(orMakeAt path: String) throws(KeyRefused) -> SealingKey {
        do {
            if try !Files.exists(path) { try make(at: path) }
            let mode = try Files.mode(path)
            guard mode & 0o077 == 0 else {
                throw KeyRefused(
                    description: "The key file \(path) can be read by others (mode \(String(mode, radix: 8))): "
                        + "run chmod 600 \(path).")
            }
            // Whatever is far longer than a key is not one.
            let text = String(decoding: try Files.read(path, limit: 4096), as: UTF8.self)
            let words = text.split(whereSeparator: \.isWhitespace)
            guard words.count == 1, let master = [UInt8](hexadecimal: words[0]), master.count == GCM.keyLength else {
                throw KeyRefused(
                    description: "The key file \(path) holds no key of 64 hexadecimal digits. Put the file back from a "
                        + "backup; or remove it, and everyone links their account again.")
            }
            return SealingKey(master: master)
        } catch let refusal as KeyRefused {
            throw refusal
        } catch {
            throw KeyRefused(description: "The key file \(error).")
        }
    }

    /// Two programs starting at once must end up with one key: the finished file gets its name by link(2), which never
    /// replaces one that is there.
    private static func make(at path: String) throws(FileError) {
        let draft = "\(path).\(RandomBytes.word(bytes: 4))"
        try Files.write(Array("\(RandomBytes.make(GCM.keyLength).hexadecimal)\n".utf8), to: draft, mode: 0o600)
        if unsafe link(draft, path) == 0 || errno == EEXIST {
            try Files.remove(draft)
        } else {
            // Some network shares know no links. Then the last of two wins, which is as good as it gets there.
            try Files.rename(draft, to: path)
        }
    }
}
