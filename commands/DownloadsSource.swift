// What the commands about downloads ask of the rest of the house.

package import Domain
package import Downloads
package import People

package struct DownloadsSource: Sendable {
    package var downloads: Downloads
    package var people: People
    /// Whose people a name in a test is looked for among.
    package var source: Playback.Source
    package var picture: @Sendable (DownloadStatistics, View) async -> Report.Picture?

    package enum View: Sendable {
        /// What became of films; what space they took and spared.
        case outcomes, space
    }

    package init(
        downloads: Downloads, people: People, source: Playback.Source,
        picture: @escaping @Sendable (DownloadStatistics, View) async -> Report.Picture?
    ) {
        self.downloads = downloads
        self.people = people
        self.source = source
        self.picture = picture
    }
}
