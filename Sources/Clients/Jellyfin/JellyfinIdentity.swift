// Who asks, as Jellyfin wants to be told with every request. What it shows of us under Devices comes from here.

internal import HTTP
internal import Runtime

package struct JellyfinIdentity: Hashable, Sendable {
    package var client: String
    package var device: String
    /// The same for the life of an installation: a sign-in takes the place of the last one of the same device.
    package var deviceID: String
    package var version: String

    package init(client: String = "Autoplex", device: String = "Autoplex", deviceID: String, version: String) {
        self.client = client
        self.device = device
        self.deviceID = deviceID
        self.version = version
    }

    /// Jellyfin percent-decodes the values, and ends them at a quotation mark whatever stands before it.
    func authorization(with token: Secret?) -> String {
        var pairs = [("Client", client), ("Device", device), ("DeviceId", deviceID), ("Version", version)]
        if let token, !token.isEmpty { pairs.append(("Token", token.reveal())) }
        return "MediaBrowser "
            + pairs.map { "\($0.0)=\"\($0.1.percentEncoded())\"" }.joined(separator: ", ")
    }
}
