// The client over real connections to the stand-in.

import FoundationEssentials
import HTTP
import Runtime
import Sockets
import StandIns
import Synchronization
import Testing

@testable import Wordsmith

final class Desk: Sendable {
    let standIn: WordsmithStandIn
    let http: HTTPClient
    let clock = VirtualClock()
    let lines = Mutex<[String]>([])
    private let loop: EventLoop

    private init(_ rules: WordsmithRules) async throws {
        loop = try EventLoop(name: "stand-in", log: .silent)
        standIn = try await WordsmithStandIn.start(loop: loop, clock: clock, rules: rules)
        http = try HTTPClient(userAgent: "test")
    }

    static func open(_ rules: WordsmithRules = .standard, _ body: (Desk) async throws -> Void) async throws {
        let desk = try await Desk(rules)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(desk)) } catch { outcome = .failure(error) }
        await desk.http.stop()
        await desk.standIn.stop()
        await desk.loop.stop()
        try outcome.get()
    }

    func smith(
        _ text: String? = "scribe-small", paints image: String? = "brush-small", key: String?? = .none,
        url: String? = nil, limits: WordsmithLimits = .standard
    ) -> Wordsmith {
        let key = if case .some(let given) = key { given } else { standIn.apiKey }
        let log = Log(level: .debug, write: { [self] line in lines.withLock { $0.append("\(line)") } })
        return Wordsmith(
            url: url ?? standIn.url + "/", key: key.map { Secret($0) }, textModel: text, imageModel: image, http: http,
            clock: clock, log: log, limits: limits, chance: { 0 })
    }

    /// What asking for a text throws; nil: nothing.
    func failure(_ smith: Wordsmith, mostTokens: Int = 4096) async -> WordsmithError? {
        do throws(WordsmithError) { _ = try await smith.text(Self.question, mostTokens: mostTokens) } catch {
            return error
        }
        return nil
    }

    func pictureFailure(_ smith: Wordsmith) async -> WordsmithError? {
        do throws(WordsmithError) { _ = try await smith.picture("a lighthouse") } catch { return error }
        return nil
    }

    static let question = [WordsmithMessage(.system, "Be brief."), WordsmithMessage(.user, "Say \"hello\"\n\\ 😀")]
    var asked: [WordsmithEntry] { standIn.requests.entries }
}

@Suite(.timeLimit(.minutes(1))) struct `A model that writes` {
    @Test func `is asked in one piece and answers in words`() async throws {
        try await Desk.open { desk in
            desk.standIn.say("  Hello, all of you.\n")
            let text = try await desk.smith().text(Desk.question, mostTokens: 100)
            #expect(text == "Hello, all of you.")
            let entry = try #require(desk.asked.first)
            #expect(entry.route == "POST /chat/completions" && entry.authorization == "Bearer \(desk.standIn.apiKey!)")
            #expect(entry.messages.map(\.role) == ["system", "user"])
            #expect(entry.messages.map(\.text) == Desk.question.map(\.text))
            #expect(entry.body?["max_tokens"] == 100 && entry.body?["stream"] == false)
        }
    }

    @Test func `that knows only the newer name of the limit is asked by it`() async throws {
        try await Desk.open { desk in
            _ = try await desk.smith("scribe-modern").text(Desk.question)
            #expect(desk.asked.map(\.status) == [400, 200])
            #expect(desk.asked.last?.body?["max_completion_tokens"] == 4096)
            #expect(desk.asked.last?.body?["max_tokens"] == nil)
        }
    }

    @Test func `that reasons aloud is heard from where it ends`() async throws {
        try await Desk.open { desk in
            desk.standIn.say("Good evening.")
            let text = try await desk.smith("scribe-thinker").text(Desk.question)
            #expect(text == "Good evening.")
        }
    }

    @Test(arguments: [
        ("a", "a"), ("<think>x</think>a", "a"), ("x\n</think>\n\n a b ", "a b"), ("<think>x", ""), ("a<think>x", "a"),
        ("<thinking>x</thinking>\na", "a"), ("<think>1</think>a<think>2</think>b", "b"), ("I think a", "I think a"),
    ])
    func `reasoning is cut off wherever its marks are`(text: String, left: String) {
        #expect(Reasoning.stripped(text) == left)
    }

    @Test func `that ran out of tokens, said nothing or would not has not answered`() async throws {
        try await Desk.open { desk in
            desk.standIn.say("One two three four five six.")
            #expect(await desk.failure(desk.smith(), mostTokens: 3) == .cutShort)
            desk.standIn.say("  \n")
            #expect(await desk.failure(desk.smith()) == .empty)
            #expect(await desk.failure(desk.smith("scribe-thinker")) == .empty)
            desk.standIn.changeRules { $0.refusal = "I can't help\nwith that." }
            #expect(await desk.failure(desk.smith()) == .declined("I can't help with that."))
        }
    }

    @Test func `that is not there is named`() async throws {
        try await Desk.open { desk in
            let error = await desk.failure(desk.smith("scribe-large"))
            #expect(error == .noSuchModel("scribe-large"))
            #expect(error?.description.contains("\"scribe-large\"") == true)
            #expect(await desk.failure(desk.smith(nil)) == .notConfigured("AI_TEXT_MODEL"))
            #expect(desk.asked.count == 1)
        }
    }

    @Test func `is named also where the refusal has no code for it`() async throws {
        try await Desk.open { desk in
            let body: JSON = ["error": ["message": "model \"scribe-small\" not found, try pulling it first"]]
            await desk.standIn.fail(with: .status(404, body))
            #expect(await desk.failure(desk.smith()) == .noSuchModel("scribe-small"))
        }
    }

    @Test func `needs no key at home, and says which one is missing or wrong elsewhere`() async throws {
        try await Desk.open(.open) { desk in
            #expect(await desk.failure(desk.smith(key: .some(nil))) == nil)
            #expect(desk.asked.first?.authorization == nil)
        }
        try await Desk.open { desk in
            #expect(await desk.failure(desk.smith(key: .some(nil))) == .rejectedKey(hadKey: false))
            #expect(await desk.failure(desk.smith(key: "sk-wrong")) == .rejectedKey(hadKey: true))
        }
    }

    @Test func `never has the key in an error or a log, though the server repeats it`() async throws {
        try await Desk.open { desk in
            let key = try #require(desk.standIn.apiKey)
            let body: JSON = ["error": ["message": .string("max_tokens: no, \(key)!"), "param": "max_tokens"]]
            await desk.standIn.fail(with: .status(400, body), times: 2)
            let error = try #require(await desk.failure(desk.smith()))
            #expect(error == .refused(status: 400, "max_tokens: no, •••!"))
            #expect(!"\(error)".contains(key))
            let wrong = try #require(await desk.failure(desk.smith(key: "sk-wrong-one")))
            #expect(!"\(wrong)".contains("wrong-one"))
            let lines = desk.lines.withLock { $0 }
            #expect(!lines.isEmpty && !lines.joined().contains(key), "\(lines)")
        }
    }

    @Test func `is asked a second time after a passing fault, and no third`() async throws {
        try await Desk.open { desk in
            let smith = desk.smith()
            desk.standIn.beBusy(retryAfter: 0)
            #expect(await desk.failure(smith) == nil)
            #expect(desk.asked.map(\.status) == [429, 200])
            desk.standIn.beBusy(times: 2, retryAfter: 0)
            #expect(await desk.failure(smith) == .tooMany(retryAfter: .zero))
            #expect(desk.asked.count == 4)
            // Longer than anybody waits for a few words: told, not waited for.
            desk.standIn.beBusy(retryAfter: 3600)
            #expect(await desk.failure(smith) == .tooMany(retryAfter: .seconds(3600)))
            #expect(desk.asked.count == 5)
        }
    }

    @Test func `waits on the clock where the server does not say how long`() async throws {
        try await Desk.open { desk in
            await desk.standIn.fail(with: .html502)
            async let answer = desk.failure(desk.smith())
            await desk.clock.sleepers(atLeast: 1)
            await desk.clock.advance(by: .seconds(2))
            #expect(await answer == nil)
            #expect(desk.asked.map(\.status) == [502, 200])
        }
    }

    @Test func `without credit is not asked again`() async throws {
        try await Desk.open { desk in
            let body: JSON = ["error": ["message": "You exceeded your current quota", "code": "insufficient_quota"]]
            await desk.standIn.fail(with: .status(429, body))
            #expect(await desk.failure(desk.smith()) == .outOfCredit)
            #expect(desk.asked.count == 1)
        }
    }

    @Test func `that hangs is left after its time`() async throws {
        try await Desk.open { desk in
            await desk.standIn.fail(with: .stall)
            let limits = WordsmithLimits(text: .milliseconds(100))
            #expect(await desk.failure(desk.smith(limits: limits)) == .timedOut(after: .milliseconds(100)))
        }
    }

    @Test func `that answers ten megabytes is not read to the end`() async throws {
        try await Desk.open { desk in
            desk.standIn.say(String(repeating: "w", count: 10 << 20))
            #expect(await desk.failure(desk.smith()) == .tooLarge(limit: 1 << 20))
        }
    }

    @Test func `whose line ends, or that answers what is no answer, is told so`() async throws {
        try await Desk.open { desk in
            for fault in [HTTPFault.refuse, .truncated, .lostAnswer] {
                await desk.standIn.fail(with: fault)
                guard case .unreachable = await desk.failure(desk.smith()) else {
                    Issue.record("\(fault)")
                    continue
                }
            }
            await desk.standIn.fail(with: .garbage)
            guard case .unreadable(let what) = await desk.failure(desk.smith()) else {
                Issue.record("garbage was read")
                return
            }
            #expect(what == "a web page")
            await desk.standIn.fail(with: .status(200, ["error": "model is loading"]))
            #expect(await desk.failure(desk.smith()) == .refused(status: 200, "model is loading"))
            await desk.standIn.fail(with: .status(200, ["choices": []]))
            #expect(await desk.failure(desk.smith()) == .unreadable("14 bytes of something else"))
            await desk.standIn.fail(with: .status(200, ["choices": [["message": ["content": .null]]]]))
            #expect(await desk.failure(desk.smith()) == .empty)
            let parts: JSON = [["type": "text", "text": "Hel"], ["type": "image"], ["type": "text", "text": "lo."]]
            await desk.standIn.fail(with: .status(200, ["choices": [["message": ["content": parts]]]]))
            let text = try await desk.smith().text(Desk.question)
            #expect(text == "Hello.")
        }
    }

    @Test func `at a wrong address: the sentence says what to check`() async throws {
        try await Desk.open { desk in
            let without = String(desk.standIn.url.dropLast(3))
            let error = await desk.failure(desk.smith(url: without))
            #expect(error == .notFound && error?.description.contains("/v1") == true)
            await #expect(throws: WordsmithError.notFound) { try await desk.smith(url: without).models() }
            guard case .unreachable(let why) = await desk.failure(desk.smith(url: "http://127.0.0.1:1/v1")) else {
                Issue.record("somebody listens at port 1")
                return
            }
            #expect(why.contains("127.0.0.1"))
        }
    }

    @Test(
        arguments: [
            (#"{"error":{"message":"m","type":"t","param":null,"code":"c"}}"#, "m", "c"), (#"{"error":"m"}"#, "m", nil),
            (#"{"error":{"message":"m","code":404,"type":"x"}}"#, "m", "404"),
            (#"{"message":"m","object":"error"}"#, "m", nil),
            (#"{"detail":"Not Found"}"#, "Not Found", nil), (#"{"detail":[{"loc":["body"]}]}"#, nil, nil),
            ("<html>", nil, nil),
            ("", nil, nil), ("[1]", nil, nil),
        ] as [(String, String?, String?)])
    func `refusals are read in everybody's form`(body: String, message: String?, code: String?) {
        let fault = WordsmithFault([UInt8](body.utf8))
        #expect(fault.message == message && fault.code == code)
    }

    @Test func `lists its models`() async throws {
        try await Desk.open { desk in
            let list = try await desk.smith().models()
            #expect(list.has("scribe-small") && !list.has("scribe"))
            await #expect(throws: WordsmithError.rejectedKey(hadKey: true)) {
                try await desk.smith(key: "sk-wrong").models()
            }
        }
        #expect(ModelList(names: ["llama3.2:latest"]).has("llama3.2"))
        #expect(ModelList([UInt8](#"{"object":"list","data":null}"#.utf8))?.names == [])
        #expect(ModelList([UInt8](#"{"ok":true}"#.utf8)) == nil)
    }
}

@Suite(.timeLimit(.minutes(1))) struct `A model that paints` {
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47]

    @Test func `is asked for base64, and in a size it knows`() async throws {
        try await Desk.open { desk in
            let bytes = try await desk.smith().picture("a lighthouse")
            #expect(bytes.starts(with: Self.png))
            // The size of the first question is not one of its own.
            #expect(desk.asked.map(\.status) == [400, 200])
            #expect(desk.asked.last?.body?["size"] == nil && desk.asked.last?.body?["response_format"] == "b64_json")
        }
    }

    @Test func `that will not be told the form is not told`() async throws {
        try await Desk.open { desk in
            let bytes = try await desk.smith(paints: "brush-modern").picture("a lighthouse")
            #expect(bytes.starts(with: [0xFF, 0xD8, 0xFF]))
            #expect(desk.asked.last?.body?["size"] == "1536x1024")
            #expect(desk.asked.last?.body?["response_format"] == nil)
        }
    }

    @Test func `may leave its picture at its own address, where the key is shown`() async throws {
        try await Desk.open { desk in
            let made: JSON = ["created": 1, "data": [["b64_json": .null, "url": .string("/pictures/1.png")]]]
            _ = try await desk.smith().picture("a lighthouse")
            await desk.standIn.fail("POST /images/generations", with: .status(200, made))
            let bytes = try await desk.smith().picture("a lighthouse")
            #expect(bytes.starts(with: Self.png))
            #expect(desk.asked.last?.route == "GET /pictures/1.png" && desk.asked.last?.authorization != nil)
            await desk.standIn.fail("POST /images/generations", with: .status(200, ["data": [["url": "/pictures/99"]]]))
            #expect(await desk.pictureFailure(desk.smith()) == .refused(status: 404, "for the picture it had made"))
        }
    }

    @Test(arguments: [
        ("/f/1.png", "http://home:8080/f/1.png", true), ("http://home:8080/f/1.png", "http://home:8080/f/1.png", true),
        ("HTTP://HOME:8080/x", "HTTP://HOME:8080/x", true),
        ("https://store.example/x?sig=1", "https://store.example/x?sig=1", false),
        ("https://home:8080/x", "https://home:8080/x", false),
    ])
    func `is fetched from, at home or with TLS`(text: String, url: String, isOurs: Bool) {
        let address = PictureAddress(text, from: "http://home:8080/v1")
        #expect(address?.url == url && address?.isOurs == isOurs)
    }

    @Test(arguments: [
        "http://store.example/x", "http://home/x", "http://home:8081/x", "//home:8080/x", "file:///etc/passwd",
        "ftp://home:8080/x", "http://home:8080@evil.example/x", "https://me@evil.example/x", "https:///x", "x.png",
        "http://home:8080\\@evil.example/", "https://a b/", "https://a\r\nX: y",
    ])
    func `is not fetched from anywhere else`(text: String) {
        #expect(PictureAddress(text, from: "http://home:8080/v1") == nil)
    }

    @Test(
        arguments: [
            (#"{"data":[]}"#, WordsmithError.empty), (#"{"data":[{}]}"#, .empty),
            (#"{"data":[{"b64_json":""}]}"#, .empty),
            (#"{"data":[{"b64_json":"%%%"}]}"#, .unreadable("its picture is not base64")),
            ("<html>", .unreadable("a web page")), ("", .unreadable("nothing")),
        ] as [(String, WordsmithError)])
    func `that sends none is told so`(body: String, error: WordsmithError) {
        #expect(throws: error) { try PictureAnswer.read([UInt8](body.utf8)) }
    }

    @Test func `may give the picture in place of its address`() throws {
        let answer = try PictureAnswer.read([UInt8](#"{"data":[{"url":"data:image/png;base64,AQID"}]}"#.utf8))
        guard case .bytes(let bytes) = answer else {
            Issue.record("an address")
            return
        }
        #expect(bytes == [1, 2, 3])
    }

    @Test func `has its own limits of time and size`() async throws {
        try await Desk.open { desk in
            await desk.standIn.fail(with: .stall)
            let hasty = WordsmithLimits(image: .milliseconds(100))
            #expect(await desk.pictureFailure(desk.smith(limits: hasty)) == .timedOut(after: .milliseconds(100)))
            let narrow = WordsmithLimits(mostImageBytes: 1000)
            #expect(await desk.pictureFailure(desk.smith(limits: narrow)) == .tooLarge(limit: 1000))
            #expect(await desk.pictureFailure(desk.smith(paints: nil)) == .notConfigured("AI_IMAGE_MODEL"))
            let filter: JSON = ["error": ["message": "Rejected by the safety system", "code": "moderation_blocked"]]
            await desk.standIn.fail(with: .status(400, filter))
            #expect(await desk.pictureFailure(desk.smith()) == .declined("Rejected by the safety system"))
        }
    }
}
