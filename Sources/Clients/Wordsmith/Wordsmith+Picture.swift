// `POST /images/generations`. The picture comes in the answer as base64, or as an address from which it is fetched: of the
// same server, or of any with TLS (OpenAI's lies in a store elsewhere). The key goes to the same server only.

internal import FoundationEssentials
internal import HTTP
internal import Runtime

extension Wordsmith {
    /// The file as the server gave it: any format, of any size, of anything.
    /// - Parameter size: "1536x1024"; a server that does not know it chooses its own
    package func picture(_ prompt: String, size: String = "1536x1024") async throws(WordsmithError) -> [UInt8] {
        guard let imageModel else { throw .notConfigured("AI_IMAGE_MODEL") }
        let began = clock.uptime
        let body = try await ask(
            PictureQuestion(model: imageModel, prompt: prompt, size: size), within: limits.image,
            mostBytes: limits.mostImageBytes)
        switch try PictureAnswer.read(body) {
        case .bytes(let bytes): return bytes
        case .address(let text):
            guard let address = PictureAddress(text, from: base) else {
                throw .unreadable("its picture lies at an address that is not fetched from")
            }
            let left = limits.image - (clock.uptime - began)
            guard left > .zero else { throw .timedOut(after: limits.image) }
            return try await fetch(address, within: left)
        }
    }

    private func fetch(_ address: PictureAddress, within left: Duration) async throws(WordsmithError) -> [UInt8] {
        var request = HTTPRequest("GET", address.url, headers: address.isOurs ? headers : [])
        request.limits = HTTPLimits(connect: .seconds(10), total: left, maxBody: limits.mostImageBytes)
        let response: HTTPResponse
        do throws(HTTPError) { response = try await http.send(request) } catch {
            throw WordsmithError(error, limit: limits.image, mostBytes: limits.mostImageBytes)
        }
        guard response.status == 200 else { throw .refused(status: response.status, "for the picture it had made") }
        guard !response.body.isEmpty else { throw .empty }
        return response.body
    }
}

struct PictureQuestion: WordsmithQuestion {
    static let path = "/images/generations"

    var model: String
    var prompt: String
    var n = 1
    var size: String?
    /// OpenAI's newer models always answer so and refuse to be told.
    var response_format: String? = "b64_json"

    init(model: String, prompt: String, size: String) {
        self.model = model
        self.prompt = prompt
        self.size = size
    }

    func without(_ fault: WordsmithFault) -> PictureQuestion? {
        var other = self
        if response_format != nil, fault.blames("response_format") {
            other.response_format = nil
        } else if size != nil, fault.blames("size") {
            other.size = nil
        } else {
            return nil
        }
        return other
    }
}

enum PictureAnswer {
    case bytes([UInt8])
    case address(String)

    private struct Wire: Decodable {
        struct Item: Decodable {
            var b64_json: String?
            var url: String?
        }
        var data: [Item]
    }

    static func read(_ body: [UInt8]) throws(WordsmithError) -> PictureAnswer {
        guard let wire = try? JSONDecoder().decode(Wire.self, from: Data(body)) else {
            throw .unreadable(Wordsmith.portrait(of: body))
        }
        guard let item = wire.data.first else { throw .empty }
        if let text = item.b64_json, !text.isEmpty { return .bytes(try bytes(text)) }
        guard let url = item.url, !url.isEmpty else { throw .empty }
        // Some give the picture itself where its address should stand.
        return url.hasPrefix("data:") ? .bytes(try bytes(url)) : .address(url)
    }

    private static func bytes(_ text: String) throws(WordsmithError) -> [UInt8] {
        var base64 = Substring(text)
        if base64.hasPrefix("data:"), let comma = base64.firstIndex(of: ",") {
            base64 = base64[base64.index(after: comma)...]
        }
        guard let data = Data(base64Encoded: String(base64), options: .ignoreUnknownCharacters), !data.isEmpty else {
            throw .unreadable("its picture is not base64")
        }
        return [UInt8](data)
    }
}

/// Where a picture may be fetched from.
struct PictureAddress: Hashable, Sendable {
    let url: String
    /// The endpoint's own server.
    let isOurs: Bool

    init?(_ text: String, from base: String) {
        guard let home = Self.origin(of: base), Self.isOneWord(text) else { return nil }
        if text.hasPrefix("/"), !text.hasPrefix("//") {
            url = home + text
            isOurs = true
            return
        }
        guard let origin = Self.origin(of: text) else { return nil }
        isOurs = origin == home
        guard isOurs || origin.hasPrefix("https://") else { return nil }
        url = text
    }

    /// A backslash is a slash to some and part of a name to others: whose server it is must not depend on who reads it.
    private static func isOneWord(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
    }

    /// "https://host:443", with the port it has or the one it means; nil for what is no web address or names a user.
    static func origin(of url: String) -> String? {
        guard let mark = url.ranges(of: "://").first else { return nil }
        let scheme = url[..<mark.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let host = url[mark.upperBound...].prefix { !"/?#".contains($0) }
        guard !host.isEmpty, !host.contains("@") else { return nil }
        let hasPort = host.last?.isNumber == true && host.split(separator: "]").last?.contains(":") == true
        return "\(scheme)://\(host.lowercased())" + (hasPort ? "" : scheme == "https" ? ":443" : ":80")
    }
}
