// The tracker for programs: JSON with a key of each person's own (`Authorization: Bearer`). People see and change what is
// theirs; mappings and questions are everybody's, so they are for admins. What goes wrong comes as `{"error": a sentence}`.

internal import Crypto
internal import Domain
internal import LooseJSON
package import Runtime
package import Sockets
package import Storage
package import Tracker

package struct TrackerAPI: Sendable {
    package static let path = "/api/plex"

    let tracker: Tracker
    let database: Database
    let isAdmin: @Sendable (Int64) async -> Bool
    /// Where others reach this program, without a slash at its end; nil: nobody said.
    let address: String?
    /// There is something to be worked off.
    let wake: @Sendable () -> Void
    let place: LocalTime
    let log: Log

    package init(
        tracker: Tracker, database: Database, isAdmin: @escaping @Sendable (Int64) async -> Bool, address: String?,
        wake: @escaping @Sendable () -> Void, place: LocalTime, log: Log
    ) {
        self.tracker = tracker
        self.database = database
        self.isAdmin = isAdmin
        self.address = address
        self.wake = wake
        self.place = place
        self.log = log.labelled("api")
    }

    var keys: KeyBook { KeyBook(database) }
    var clock: any Clock { database.clock }

    package var routes: [Route] {
        [
            on("GET", "/config") { try await config($0) },
            on("PUT", "/config") { try await setConfig($0) },
            on("POST", "/config/webhook") { try await newWebhook($0) },
            on("DELETE", "/config/webhook") { try await noWebhook($0) },
            on("POST", "/config/calendar") { try await newCalendar($0) },
            on("DELETE", "/config/calendar") { try await noCalendar($0) },
            on("GET", "/shows") { try await shows($0) },
            on("GET", "/logs") { try await logs($0) },
            on("POST", "/logs/{id}/replay") { try await replay($0) },
            on("GET", "/mappings", admins: true) { try await mappings($0) },
            on("DELETE", "/mappings/{id}", admins: true) { try await unmap($0) },
            on("GET", "/conflicts", admins: true) { try await conflicts($0) },
            on("GET", "/conflicts/{id}", admins: true) { try await conflict($0) },
            on("POST", "/conflicts/{id}/resolve", admins: true) { try await resolve($0) },
            on("GET", "/export.csv") { try await export($0, isCSV: true) },
            on("GET", "/export.json") { try await export($0, isCSV: false) },
            on("POST", "/import", maxBody: 16 << 20) { try await bringBack($0) },
            .get(Self.path + "/calendar/{file}") { await calendar($0) },
        ]
    }

    // MARK: At the door

    /// Whoever asks, and what.
    struct Call: Sendable {
        let person: Int64
        let isAdmin: Bool
        let request: ServerRequest

        var actor: String { "person:\(person)" }

        /// The number in the path.
        func id() throws(Fault) -> Int64 {
            guard let id = request.parameters["id"].flatMap({ Int64($0) }), id > 0 else {
                throw Fault(404, "there is nothing of that number")
            }
            return id
        }

        func json() throws(Fault) -> Loose {
            do throws(Loose.Refusal) { return try .hook(request.body) } catch { throw Fault(400, error.why) }
        }
    }

    struct Fault: Error {
        let status: Int
        let why: String
        init(_ status: Int, _ why: String) { (self.status, self.why) = (status, why) }
    }

    private func on(
        _ method: String, _ path: String, admins isForAdmins: Bool = false, maxBody: Int = 64 << 10,
        _ act: @escaping @Sendable (Call) async throws -> ServerResponse
    ) -> Route {
        let answer: Route.Handler = { request in
            do {
                guard let person = try await person(request) else { throw Fault(401, "the key is missing or void") }
                let isAdmin = await isAdmin(person)
                guard isAdmin || !isForAdmins else { throw Fault(403, "that is for admins") }
                return try await act(Call(person: person, isAdmin: isAdmin, request: request)).unkept
            } catch let fault as Fault {
                return Self.refusal(fault)
            } catch {
                log.error("a question could not be answered: \(error)", ["path": path])
                return Self.refusal(Fault(503, "it did not work; see Autoplex's log"))
            }
        }
        return method == "GET"
            ? .get(Self.path + path, answer) : .on(method, Self.path + path, maxBody: maxBody, answer)
    }

    private func person(_ request: ServerRequest) async throws -> Int64? {
        guard let words = request.headers["authorization"]?.split(separator: " "), words.count == 2,
            words[0].lowercased() == "bearer"
        else { return nil }
        return try await owner(of: String(words[1]), .api)
    }

    /// All of them are looked at, whether one has fitted or not.
    func owner(of secret: String, _ kind: TrackerKeyKind) async throws -> Int64? {
        let hash = PersonalDoor.hash(secret)
        var owner: Int64?
        for key in try await keys.all(kind) where areEqualInConstantTime(hash, key.hash) { owner = key.person }
        return owner
    }

    private static func refusal(_ fault: Fault) -> ServerResponse {
        var response = ServerResponse.json(JSONText.fields(["error": .text(fault.why)]).bytes, status: fault.status)
        if fault.status == 401 { response.headers.append(("WWW-Authenticate", "Bearer realm=\"Autoplex\"")) }
        return response.unkept
    }
}

extension ServerResponse {
    /// Nobody on the way keeps it, and nobody guesses what it is.
    var unkept: ServerResponse {
        var response = self
        response.headers += [("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
        return response
    }

    static func json(_ json: JSONText, status: Int = 200) -> ServerResponse { .json(json.bytes, status: status) }
}
