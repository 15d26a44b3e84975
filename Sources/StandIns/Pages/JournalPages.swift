// The journal as a page: newest first, by service, live.

package import Sockets

extension StreetJournal {
    package var routes: [Route] {
        let page = DemoPages.page(
            "Journal", at: .journal, script: "journal.js",
            """
            <h1>What was asked of whom</h1>
            <p class="about">Every request between Autoplex and the services around it, newest first, as it happens.
            Parts of an address that belong to one person or thing are shown as <code>{}</code>.</p>
            <div class="tools">
            <label>Service <select id="service"><option value="">All services</option></select></label>
            <button id="pause" type="button" aria-pressed="false">Pause</button>
            <p id="line" class="soft" role="status"></p>
            </div>
            <p id="none" class="soft">Nothing has been asked yet.</p>
            <ol id="lines" class="lines" tabindex="0" aria-label="Requests, newest first"></ol>
            <noscript><p>This page needs its script, which comes from this program and from nowhere else.</p></noscript>
            """)
        return [
            .immediate(DemoPage.journal.address) { _ in page },
            .get(DemoPage.journal.address + "/events") { [self] _ in .events(events()) },
        ]
    }
}
