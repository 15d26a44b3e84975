// `autoplex import FILE`: what another daemon had done, so that nobody is welcomed or warned twice.

internal import Domain
internal import Prune
internal import Runtime
internal import Storage

enum Import {
    /// The bot may run meanwhile: it is one transaction.
    static func state(from file: String, settings: Configuration) async -> ExitCode {
        do {
            let json = try Files.read(file)
            try Files.makeFolder(settings.folder)
            let database = try await Database.open(path: settings.databasePath, schemas: Application.schemas)
            let outcome: Result<Report, any Error>
            do {
                let prune = Prune(
                    database, effects: Effects(database, isDryRun: true), wishes: settings.prune.wishes,
                    sources: nobody, acts: PruneEffects())
                outcome = .success(try await prune.importState(json, by: "autoplex import"))
            } catch {
                outcome = .failure(error)
            }
            await database.close()
            print(try outcome.get().plainText)
            return .ok
        } catch {
            Program.complain("nothing was taken over: \(error)")
            return .failed
        }
    }

    /// Taking over asks nobody anything.
    private static var nobody: PruneSources {
        let why = "nobody is asked here"
        return PruneSources(
            people: { .unknown(why: why) }, history: { .unknown(why: why) }, plexHistory: { _ in .unknown(why: why) },
            streams: { .unknown(why: why) }, server: { .unknown(why: why) }, share: { _ in .unknown(why: why) })
    }
}
