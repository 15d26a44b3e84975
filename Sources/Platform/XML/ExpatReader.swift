// libexpat (expat.h) called once for one document. Expat tells of starts, ends and text as it meets them; a stack of
// unfinished elements turns that into a tree. It loads no external entity by itself, and a document type is refused at
// its first word, so that no entity is ever declared.

internal import CExpat

@safe final class ExpatReader {
    private let limits: XMLLimits
    /// The unfinished elements, outermost first.
    private var open: [XMLElement] = []
    private var root: XMLElement?
    private var elements = 0
    /// Why we stopped expat ourselves.
    private var refusal: XMLError?
    private var parser: XML_Parser?

    init(limits: XMLLimits) { self.limits = limits }

    func read(_ bytes: [UInt8]) throws(XMLError) -> XMLElement {
        guard let parser = unsafe XML_ParserCreate(nil) else { throw .tooLarge("no memory for reading XML") }
        defer {
            unsafe XML_ParserFree(parser)
            unsafe self.parser = nil
        }
        unsafe self.parser = parser
        // Unretained: this object outlives the call below, which is the only time expat calls back.
        unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        unsafe XML_SetElementHandler(parser, elementStarts, elementEnds)
        unsafe XML_SetCharacterDataHandler(parser, textComes)
        unsafe XML_SetStartDoctypeDeclHandler(parser, documentTypeStarts)
        let status = unsafe bytes.withUnsafeBytes { bytes in
            unsafe XML_Parse(parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), 1)
        }
        if let refusal { throw refusal }
        guard status == XML_STATUS_OK, let root else {
            let why = unsafe XML_ErrorString(XML_GetErrorCode(parser)).map { unsafe String(cString: $0) }
            throw .malformed(line: line, why: why ?? "unreadable")
        }
        return root
    }

    private var line: Int { unsafe parser.map { unsafe Int(XML_GetCurrentLineNumber($0)) } ?? 0 }

    private func refuse(_ why: XMLError) {
        guard refusal == nil else { return }
        refusal = why
        if let parser = unsafe parser { unsafe _ = XML_StopParser(parser, 0) }
    }

    fileprivate func start(_ name: String, _ attributes: [String: String]) {
        elements += 1
        guard open.count < limits.depth else {
            return refuse(.tooLarge("XML nested more than \(limits.depth) deep (line \(line))"))
        }
        guard elements <= limits.elements else {
            return refuse(.tooLarge("more than \(limits.elements) XML elements"))
        }
        open.append(XMLElement(name, attributes: attributes))
    }

    fileprivate func end() {
        // After a refusal expat may still report the end of the element it was at.
        guard refusal == nil, let finished = open.popLast() else { return }
        if open.isEmpty { root = finished } else { open[open.count - 1].children.append(finished) }
    }

    fileprivate func text(_ text: String) {
        guard refusal == nil, !open.isEmpty else { return }
        open[open.count - 1].text += text
    }

    fileprivate func documentType() { refuse(.documentType(line: line)) }
}

private func reader(_ data: UnsafeMutableRawPointer?) -> ExpatReader? {
    unsafe data.map { unsafe Unmanaged<ExpatReader>.fromOpaque($0).takeUnretainedValue() }
}

private func elementStarts(
    _ data: UnsafeMutableRawPointer?, _ name: UnsafePointer<XML_Char>?,
    _ pairs: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
) {
    guard let name = unsafe name, let reader = unsafe reader(data) else { return }
    var attributes: [String: String] = [:]
    if var pair = unsafe pairs {
        while let key = unsafe pair[0], let value = unsafe pair[1] {
            unsafe attributes[String(cString: key)] = String(cString: value)
            unsafe pair += 2
        }
    }
    unsafe reader.start(String(cString: name), attributes)
}

private func elementEnds(_ data: UnsafeMutableRawPointer?, _ name: UnsafePointer<XML_Char>?) {
    unsafe reader(data)?.end()
}

private func textComes(_ data: UnsafeMutableRawPointer?, _ text: UnsafePointer<XML_Char>?, _ count: Int32) {
    guard let text = unsafe text, let reader = unsafe reader(data) else { return }
    unsafe reader.text(
        String(decoding: UnsafeRawBufferPointer(start: UnsafeRawPointer(text), count: Int(count)), as: UTF8.self))
}

private func documentTypeStarts(
    _ data: UnsafeMutableRawPointer?, _ name: UnsafePointer<XML_Char>?, _ system: UnsafePointer<XML_Char>?,
    _ publicID: UnsafePointer<XML_Char>?, _ hasSubset: Int32
) {
    unsafe reader(data)?.documentType()
}
