// The settings of where notices go besides the admin channel.

extension Variable {
    static let notices: [Variable] = [
        Variable(
            "NOTIFY_EVENTS", .notices, .text, standard: "start, service, failure, approval, update",
            example: "approval, service=ntfy+gotify, *=webhook",
            "Which notices go out, each to all the ways below or to those named: start, service, failure, approval, "
                + "people, newsletter, prune, downloads, tracker, job, update; * is all others."),
        Variable(
            "NOTIFY_DISCORD_WEBHOOK", .notices, .secret, example: "https://discord.com/api/webhooks/123/abc",
            "A channel's webhook: Discord → channel → Integrations → Webhooks."),
        Variable(
            "NOTIFY_NTFY_URL", .notices, .secret, example: "https://ntfy.example.org/a-topic-nobody-guesses",
            "ntfy: the server with the topic."),
        Variable("NOTIFY_NTFY_TOKEN", .notices, .secret, example: "tk_…", "Access token, where the topic is closed."),
        Variable(
            "NOTIFY_GOTIFY_URL", .notices, .secret, example: "https://gotify.example.org", "Gotify: the server."),
        Variable(
            "NOTIFY_GOTIFY_TOKEN", .notices, .secret, example: "AbCdEf…",
            "Gotify → Apps → Create application: its token."),
        Variable(
            "NOTIFY_APPRISE_URL", .notices, .secret, example: "http://apprise:8000/notify/autoplex",
            "Apprise API: the address with /notify/ and the key."),
        Variable(
            "NOTIFY_WEBHOOK_URL", .notices, .secret, example: "https://example.org/hook",
            "Anything that takes JSON by POST: event, weight, title, text, at, link."),
        Variable(
            "NOTIFY_WEBHOOK_TOKEN", .notices, .secret, example: "a long word",
            "Sent along as Authorization: Bearer."),
    ]
}
