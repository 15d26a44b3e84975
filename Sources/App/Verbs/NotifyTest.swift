// `autoplex notify test`: sends one notice by every way that is set, and says what came of each.

internal import HTTP
internal import Heralds
internal import Runtime

enum NotifyTest {
    static func perform(_ settings: Configuration) async -> ExitCode {
        let heralds = settings.notices.heralds
        guard !heralds.isEmpty else {
            Program.complain("no way is set: see NOTIFY_NTFY_URL and its neighbours in `autoplex help settings`")
            return .settings
        }
        do {
            let http = try HTTPClient(userAgent: Version.userAgent)
            let clock = SystemClock()
            let notice = HeraldNotice.hello(at: clock.now, link: settings.newsletter.home)
            var isFine = true
            for herald in heralds {
                do throws(HeraldError) {
                    try await herald.carry(notice, by: http, clock: clock)
                    print("✓ \(herald.name)  took it")
                } catch {
                    isFine = false
                    print("✗ \(herald.name)  \(error)")
                }
            }
            await http.stop()
            return isFine ? .ok : .failed
        } catch {
            Program.complain("\(error)")
            return .failed
        }
    }
}

extension HeraldNotice {
    /// Whoever tests a way sends this.
    static func hello(at now: Instant, link: String? = nil) -> HeraldNotice {
        HeraldNotice(
            event: "test", title: "Autoplex says hello", text: "If you read this, notices arrive here.", weight: .good,
            at: now, link: link)
    }
}
