// Rows of /status/sessions. `Session.id`, `User.id` and the like come as numbers or strings (sheet §1). The hardware
// fields are Plex's `transcodeHw…`: text that names the method, or a flag in older servers.

extension PlexSession {
    init(_ node: JSONNode, in container: JSONNode?) throws(Unreadable) {
        self.init(item: try PlexItem(node, in: container))
        sessionKey = node.text("sessionKey")
        if let session = node["Session"] {
            sessionID = session["id"]?.text.flatMap { $0.isEmpty ? nil : $0 }
            bandwidth = session["bandwidth"]?.int
            location = Location(session.text("location"))
        }
        user = node["User"].map(User.init) ?? User()
        player = node["Player"].map(Player.init) ?? Player()
        transcode = node["TranscodeSession"].map(PlexTranscode.init)
    }

    /// Plex plays a show's theme as a track while somebody looks at it; nobody listens to that (sheet §3).
    static func isTheme(_ node: JSONNode) -> Bool { node.text("guid").hasPrefix("library://") }
}

extension PlexSession.User {
    init(_ node: JSONNode) {
        id = node["id"]?.int
        title = node.text("title")
        thumb = node["thumb"]?.text
    }
}

extension PlexSession.Player {
    init(_ node: JSONNode) {
        title = node.text("title")
        product = node.text("product")
        platform = node.text("platform")
        device = node.text("device")
        machineIdentifier = node.text("machineIdentifier")
        address = node.text("address")
        remotePublicAddress = node.text("remotePublicAddress")
        isLocal = node["local"]?.flag ?? false
        isRelayed = node["relayed"]?.flag ?? false
        isSecure = node["secure"]?.flag ?? false
        state =
            switch node.text("state") {
            case "playing": .playing
            case "paused": .paused
            case "buffering": .buffering
            case let other: .other(other)
            }
    }
}

extension PlexSession.Location {
    init(_ name: String) {
        self =
            switch name {
            case "lan": .lan
            case "wan": .wan
            case "": .unknown
            default: .other(name)
            }
    }
}

extension PlexTranscode {
    init(_ node: JSONNode) {
        videoDecision = node["videoDecision"]?.text.map { PlexDecision($0) }
        audioDecision = node["audioDecision"]?.text.map { PlexDecision($0) }
        subtitleDecision = node["subtitleDecision"]?.text.map { PlexDecision($0) }
        container = node.text("container")
        videoCodec = node.text("videoCodec")
        audioCodec = node.text("audioCodec")
        sourceVideoCodec = node.text("sourceVideoCodec")
        sourceAudioCodec = node.text("sourceAudioCodec")
        width = node["width"]?.int
        height = node["height"]?.int
        speed = node["speed"]?.double
        progress = node["progress"]?.double
        isThrottled = node["throttled"]?.flag ?? false
        isComplete = node["complete"]?.flag ?? false
        isHardwareRequested = node["transcodeHwRequested"]?.flag ?? false
        hardwareDecoding = Self.method(node["transcodeHwDecoding"])
        hardwareEncoding = Self.method(node["transcodeHwEncoding"])
        isFullyHardware = node["transcodeHwFullPipeline"]?.flag ?? false
    }

    private static func method(_ node: JSONNode?) -> String {
        switch node?.flag {
        case true?: "hardware"
        case false?: ""
        case nil: node?.text ?? ""
        }
    }
}
