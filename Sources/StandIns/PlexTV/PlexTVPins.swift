// Signing in with a PIN, and the account's webhooks (sheet plex.md §7, §8).

import Runtime
import Synchronization

extension PlexTVCaller {
    private var client: String { call.plex("Client-Identifier") ?? "" }

    func makePin() -> PlexAnswer {
        // In the query or in a form.
        let form = String(decoding: call.body, as: UTF8.self)
        let isStrong = ["true", "1"].contains(call["strong"]?.lowercased() ?? "") || form.contains("strong=true")
        let pin = desk.state.withLock { state -> PlexTVDesk.Pin in
            state.lastPin += 1
            var dice = SeededDice(seed: UInt64(state.lastPin))
            let letters = Array(isStrong ? "abcdefghijkmnpqrstuvwxyz23456789" : "ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
            let code = (0..<(isStrong ? 25 : 4)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &dice)]
            }
            let pin = PlexTVDesk.Pin(
                id: state.lastPin, code: String(code), client: client, made: now, life: state.rules.pinLife)
            state.pins.append(pin)
            return pin
        }
        return answer(pin, status: 201)
    }

    /// Only who made it may ask for it.
    func pollPin() throws(PlexTVRefusal) -> PlexAnswer {
        let pin = desk.state.withLock { state in
            state.pins.first { String($0.id) == call.parameters[0] && $0.client == client && now < $0.made + $0.life }
        }
        guard let pin else { throw .noPin }
        return answer(pin, status: 200)
    }

    private func answer(_ pin: PlexTVDesk.Pin, status: Int) -> PlexAnswer {
        let left = max(0, Int((pin.made + pin.life - now).inSeconds))
        let json: JSON = [
            "id": .int(Int64(pin.id)), "code": .string(pin.code), "product": .text(call.plex("Product")),
            "trusted": false, "qr": .string("https://plex.tv/api/v2/pins/qr/\(pin.code)"),
            "clientIdentifier": .string(pin.client), "expiresIn": .int(Int64(left)),
            "createdAt": .string(pin.made.iso), "expiresAt": .string((pin.made + pin.life).iso),
            "authToken": .text(pin.token), "newRegistration": .null,
        ]
        let xml = PlexElement(
            "pin",
            [
                "id": .number(pin.id), "code": .text(pin.code), "product": .some(call.plex("Product")),
                "trusted": false,
                "clientIdentifier": .text(pin.client), "expiresIn": .number(left), "createdAt": .text(pin.made.iso),
                "expiresAt": .text((pin.made + pin.life).iso), "authToken": .text(pin.token ?? ""),
            ])
        return answer(json, xml, status: status)
    }

    // MARK: Webhooks

    func webhooks() throws(PlexTVRefusal) -> PlexAnswer {
        guard rules.hasPlexPass, person.isOwner else { throw .unprocessable("Plex Pass is required") }
        let urls = desk.state.withLock { $0.webhooks }
        return answer(
            .array(urls.map { ["url": .string($0)] }),
            PlexElement("webhooks", [:], urls.map { PlexElement("webhook", ["url": .text($0)]) }))
    }

    /// Replaces the whole list.
    func setWebhooks() throws(PlexTVRefusal) -> PlexAnswer {
        guard rules.hasPlexPass, person.isOwner else { throw .unprocessable("Plex Pass is required") }
        let fields = String(decoding: call.body, as: UTF8.self).split(separator: "&").map { field in
            let pair = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: pair[0].percentDecoded, value: pair.count > 1 ? pair[1].percentDecoded : "")
        }
        guard fields.contains(where: { ["urls[]", "urls"].contains($0.name) }) else {
            throw .unprocessable("urls is missing")
        }
        let urls = fields.filter { $0.name == "urls[]" && !$0.value.isEmpty }.map(\.value)
        desk.change { $0.webhooks = urls }
        return try webhooks()
    }
}
