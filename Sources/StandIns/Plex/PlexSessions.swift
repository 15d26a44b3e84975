// What runs now (sheet plex.md §3). Here the owner is "1", section ids are strings, and User, Player and Session are
// objects, not arrays.

import Runtime

extension PlexView {
    typealias Stream = HouseholdWorld.Stream

    func sessions() -> PlexAnswer {
        .tree(container([:], world.streams.compactMap { session($0) }))
    }

    private func session(_ stream: Stream) -> PlexElement? {
        guard let item = world.items[stream.ratingKey], let person = world.person(stream.person) else { return nil }
        var element = element(item, Detail(isWhole: true))
        element["librarySectionID"] = .text(String(item.section))
        element.add([
            "sessionKey": "\(stream.sessionKey)", "viewOffset": .number(Int(stream.offset.milliseconds)),
        ])
        element.children.removeAll { $0.tag == "Media" }
        element.children.insert(media(of: stream, item), at: 0)
        element.children += [
            PlexElement(
                "User", isSingle: true,
                [
                    "id": "\(person.localID)", "thumb": "https://plex.tv/users/\(person.uuid)/avatar",
                    "title": .text(person.username.isEmpty ? person.title : person.username),
                ]),
            player(of: stream, person),
            PlexElement(
                "Session", isSingle: true,
                [
                    "id": .text(stream.sessionID), "bandwidth": .number(stream.bandwidth),
                    "location": stream.isLocal ? "lan" : "wan",
                ]),
        ]
        if let transcode = transcode(of: stream, item) { element.children.append(transcode) }
        return element
    }

    private func player(of stream: Stream, _ person: HouseholdWorld.Person) -> PlexElement {
        let device = stream.device
        return PlexElement(
            "Player", isSingle: true,
            [
                "address": .text(stream.isRelayed ? "127.0.0.1" : device.address), "device": .text(device.platform),
                "machineIdentifier": .text(device.machine), "model": "", "platform": .text(device.platform),
                "platformVersion": "7.1", "product": .text(device.product), "profile": .text(device.platform),
                "remotePublicAddress": .text(stream.isLocal ? "192.0.2.1" : device.address),
                "state": .text(stream.state), "title": .text(device.name), "vendor": "", "version": "8.45",
                "local": .flag(stream.isLocal), "relayed": .flag(stream.isRelayed), "secure": true,
                "userID": .number(person.localID),
            ])
    }

    private static func word(_ decision: HouseholdWorld.Decision) -> String {
        switch decision {
        case .directPlay: "directplay"
        case .copy: "copy"
        case .transcode: "transcode"
        }
    }

    /// What is sent, which need not be what lies on the disk.
    private func media(of stream: Stream, _ item: Item) -> PlexElement {
        let quality = stream.quality
        var media = media(of: item, [world.grandparent(of: item), world.parent(of: item)], isWhole: true)
        media["id"] = .text(String(item.ratingKey * 10 + 1))
        media["selected"] = true
        media["bitrate"] = .number(quality.streamBitrate)
        media["audioCodec"] = .text(quality.streamAudio)
        media["audioChannels"] = .number(quality.streamChannels)
        if item.kind != .track {
            media["videoCodec"] = .text(quality.streamVideo)
            media["videoResolution"] = .text(quality.streamResolution)
        }
        let isDirect = quality.video == .directPlay && quality.audio == .directPlay
        media.children[0].add(["selected": true, "decision": isDirect ? "directplay" : "transcode"])
        for index in media.children[0].children.indices {
            var line = media.children[0].children[index]
            let isVideo = line["streamType"]?.text == "1"
            let decision = isVideo ? quality.video : quality.audio
            line["codec"] = .text(isVideo ? quality.streamVideo : quality.streamAudio)
            if !isDirect { line.add(["decision": .text(Self.word(decision == .directPlay ? .copy : decision))]) }
            media.children[0].children[index] = line
        }
        return media
    }

    private func transcode(of stream: Stream, _ item: Item) -> PlexElement? {
        let quality = stream.quality
        if quality.video == .directPlay, quality.audio == .directPlay { return nil }
        let done = item.milliseconds > 0 ? Double(stream.offset.milliseconds) / Double(item.milliseconds) * 100 : 0
        let hasHardware = quality.hardwareDecoding || quality.hardwareEncoding
        return PlexElement(
            "TranscodeSession", isSingle: true,
            [
                "key": "/transcode/sessions/\(stream.sessionID)", "throttled": .flag(quality.isThrottled),
                "complete": false, "progress": .real((done * 10).rounded() / 10), "size": -22,
                "speed": .real(quality.speed),
                "error": false, "duration": .number(item.milliseconds), "context": "streaming",
                "sourceVideoCodec": .text(quality.sourceVideo), "sourceAudioCodec": .text(quality.sourceAudio),
                "videoDecision": .text(Self.word(quality.video)), "audioDecision": .text(Self.word(quality.audio)),
                "subtitleDecision": quality.burnsSubtitles ? "burn" : nil, "protocol": "dash",
                "container": .text(quality.container), "videoCodec": .text(quality.streamVideo),
                "audioCodec": .text(quality.streamAudio), "audioChannels": .number(quality.streamChannels),
                "transcodeHwRequested": .flag(hasHardware),
                "transcodeHwDecoding": quality.hardwareDecoding ? "vaapi" : nil,
                "transcodeHwEncoding": quality.hardwareEncoding ? "vaapi" : nil,
                "transcodeHwFullPipeline": .flag(quality.hardwareDecoding && quality.hardwareEncoding),
            ])
    }

    /// Tautulli asks with GET, the description with POST.
    static func terminate(_ caller: PlexCaller, _ world: inout HouseholdWorld) throws(PlexRefusal) -> PlexAnswer {
        guard caller.rules.hasPlexPass else { throw .unauthorized }
        guard let id = caller.call["sessionId"], !id.isEmpty else { throw .forbidden }
        guard let stream = world.streams.first(where: { $0.sessionID == id }) else { throw .notFound }
        world.finishStream(stream.sessionKey, at: caller.now)
        var answer = PlexAnswer.empty
        answer.news = [PlexNews.playing(stream, state: "stopped")]
        return answer
    }
}
