// The AI row of `autoplex check`, asked of a real endpoint.

import HTTP
import Runtime
import Sockets
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(1))) struct `A look at a model's endpoint` {
    private static func finding(_ values: [String: String], slash path: String = "/v1") async throws -> Finding? {
        let loop = try EventLoop(name: "stand-in", log: .silent)
        let standIn = try await WordsmithStandIn.start(loop: loop, clock: SystemClock())
        let http = try HTTPClient(userAgent: "test")
        var values = values
        values["AI_BASE_URL"] = "http://127.0.0.1:\(standIn.port)\(path)"
        if values["AI_API_KEY"] == "right" { values["AI_API_KEY"] = standIn.apiKey }
        let settings = try Configuration(Environment(process: values, read: { _ in nil }))
        let finding = await Service.model.look(with: settings, http: http)
        await http.stop()
        await standIn.stop()
        await loop.stop()
        return finding
    }

    @Test func `is fine where the models of the settings are there`() async throws {
        let both = ["AI_API_KEY": "right", "AI_TEXT_MODEL": "scribe-small", "AI_IMAGE_MODEL": "brush-small"]
        #expect(try await Self.finding(both) == .fine("5 models"))
    }

    @Test func `names the setting that is wrong`() async throws {
        let model = try #require(try await Self.finding(["AI_API_KEY": "right", "AI_TEXT_MODEL": "llama"]))
        #expect(!model.isFine && model.text.contains("AI_TEXT_MODEL") && model.text.contains("scribe-small"))
        let key = try #require(try await Self.finding(["AI_API_KEY": "wrong", "AI_TEXT_MODEL": "scribe-small"]))
        #expect(!key.isFine && key.text.contains("check AI_API_KEY") && !key.text.contains("wrong"))
        let none = try #require(try await Self.finding(["AI_TEXT_MODEL": "scribe-small"]))
        #expect(!none.isFine && none.text.contains("set AI_API_KEY"))
        let address = try #require(try await Self.finding(["AI_API_KEY": "right"], slash: ""))
        #expect(!address.isFine && address.text.contains("AI_BASE_URL") && address.text.contains("/v1"))
    }

    @Test func `is not taken where there is none`() async throws {
        let http = try HTTPClient(userAgent: "test")
        let settings = try Configuration(Environment(process: ["AI_TEXT_MODEL": "x"], read: { _ in nil }))
        let finding = await Service.model.look(with: settings, http: http)
        await http.stop()
        #expect(finding == nil)
        #expect(settings.warnings.contains { "\($0)".contains("AI_BASE_URL") })
    }
}
