// The settings of the second Radarr and those after it: the same five words for each, told of once.

extension Variable {
    /// RADARR_2 to RADARR_9.
    static let furtherRadarrs: [Variable] = radarrNumbers.dropFirst().flatMap { number in
        let prefix = radarrPrefix(number)
        let isRepeated = number > 2
        return [
            Variable(
                "\(prefix)_URL", .services, web, example: "http://192.168.1.10:7879",
                "Another Radarr, such as one for 4K; up to RADARR_9_URL, each with the four settings below.",
                isRepeated: isRepeated),
            Variable(
                "\(prefix)_API_KEY", .services, .secret, example: "0123456789abcdef0123456789abcdef", "Its API key.",
                isRepeated: isRepeated),
            Variable(
                "\(prefix)_NAME", .services, .text, standard: "Radarr \(number)", example: "Radarr 4K",
                "What it is called in answers and in DOWNLOADS_RADARR.", isRepeated: isRepeated),
            Variable(
                "\(prefix)_ROOT", .services, .text, example: "/movies-4k",
                "Its root folder for films on disk, where that is not DOWNLOADS_ROOT.", isRepeated: isRepeated),
            Variable(
                "\(prefix)_PROFILE", .services, .text, example: "Ultra-HD",
                "The quality profile of films it is given by DOWNLOADS_PREPARE=second. Empty: the only one it has.",
                isRepeated: isRepeated),
        ]
    }

    static let radarrNumbers = 1...9
    static func radarrPrefix(_ number: Int) -> String { number == 1 ? "RADARR" : "RADARR_\(number)" }
}
