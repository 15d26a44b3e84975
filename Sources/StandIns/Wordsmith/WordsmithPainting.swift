// `POST /v1/images/generations`: a drawing in the size that was asked for, as base64 or to be fetched.

import FoundationEssentials
import Runtime

extension WordsmithDesk {
    private static let known: Set<String> = [
        "model", "prompt", "n", "size", "response_format", "quality", "style", "user", "background",
    ]

    func paint(_ body: WordsmithBody, host: String) throws(WordsmithRefusal) -> JSON {
        let name = try body.text("model")
        guard let model = change({ $0.rules.imageModels }).first(where: { $0.name == name }) else {
            throw .noModel(name)
        }
        try body.allow(Self.known)
        _ = try body.text("prompt")
        let count = try body.number("n", 1...4) ?? 1
        let size = try self.size(body, model)
        let isAddress = try wantsAddress(body, model)
        let data = (0..<count).map { _ in
            let (number, painting) = keep(size, model)
            return isAddress
                ? ["url": .string("http://\(host)/pictures/\(number)")] as JSON
                : ["b64_json": .string(Data(painting.bytes).base64EncodedString())]
        }
        return ["created": .int(clock.now.milliseconds / 1000), "data": .array(data)]
    }

    private func size(
        _ body: WordsmithBody, _ model: WordsmithImageModel
    ) throws(WordsmithRefusal) -> (width: Int, height: Int) {
        let standard = model.sizes.last ?? "256x256"
        let size = body["size"] == nil ? standard : try body.text("size")
        guard model.sizes.contains(size) else {
            throw .invalid("size", "supported values are \(model.sizes.map { "'\($0)'" }.joined(separator: ", "))")
        }
        let sides = (size == "auto" ? standard : size).split(separator: "x").compactMap { Int($0) }
        return (sides.first ?? 256, sides.last ?? 256)
    }

    private func wantsAddress(_ body: WordsmithBody, _ model: WordsmithImageModel) throws(WordsmithRefusal) -> Bool {
        guard model.takesResponseFormat else {
            if body["response_format"] != nil { throw .unknown("response_format") }
            return false
        }
        // The older models' standard is an address.
        guard body["response_format"] != nil else { return true }
        switch try body.text("response_format") {
        case "b64_json": return false
        case "url": return true
        default: throw .invalid("response_format", "supported values are 'url' and 'b64_json'")
        }
    }

    private func keep(_ size: (width: Int, height: Int), _ model: WordsmithImageModel) -> (Int, Painting) {
        change { state in
            state.lastNumber += 1
            let drawing = CoverDrawing(number: state.lastNumber, width: size.width, height: size.height)
            let isJPEG = !model.takesResponseFormat
            let painting = Painting(
                bytes: state.rules.paints ?? (isJPEG ? drawing.jpeg : drawing.png),
                type: isJPEG ? "image/jpeg" : "image/png")
            state.pictures[state.lastNumber] = painting
            state.pictures[state.lastNumber - 20] = nil
            return (state.lastNumber, painting)
        }
    }
}
