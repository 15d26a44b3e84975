// The settings of the web server and the dashboard.

extension Variable {
    static let webServer: [Variable] = [
        Variable(
            "HTTP_HOST", .web, .text, standard: "127.0.0.1", example: "0.0.0.0",
            "Address the web server listens on. 0.0.0.0 in the container."),
        Variable(
            "HTTP_PORT", .web, .number(0...65535), standard: "8642", example: "8080",
            "Port of the web server (dashboard, health, metrics, hooks, the newsletter's pages)."),
        Variable(
            "BASE_URL", .web, .text, example: "/autoplex",
            "A path a reverse proxy puts in front of everything; whether the proxy takes it away does not matter."),
        Variable(
            "TRUSTED_PROXIES", .web, .text, example: "172.18.0.0/16, ::1",
            "Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses and networks. Empty: none."),
        Variable(
            "API_TOKEN", .web, .secret, example: "a long word",
            "Opens /api/summary for widgets of start pages (Authorization: Bearer …). Empty: there is no such page."),
        Variable(
            "DASHBOARD", .web, .flag, standard: "true", example: "false",
            "The dashboard's pages. `!plex dashboard` gives an admin a link that opens them once."),
        Variable(
            "DASHBOARD_PASSWORD", .web, .password, example: "scrypt:15:8:1:…",
            "Lets in besides: 12 letters or more, or better what `autoplex password` makes of them. Empty: links only."),
    ]
}
