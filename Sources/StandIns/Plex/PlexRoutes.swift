// Everything this server answers, in one list: what is not here is not there (404).

extension PlexRoute {
    static let all: [PlexRoute] = [
        .read("GET /identity", .anyone) { $0.identity() },
        .read("GET /") { $0.root() },
        .read("GET /accounts", .owner) { $0.accounts() },
        .read("GET /library") { $0.library() },
        .read("GET /library/sections") { $0.sectionList() },
        .read("GET /library/sections/{}") { try $0.sectionDoors() },
        .read("GET /library/sections/{}/all") { try $0.all() },
        .read("GET /library/sections/{}/albums") { try $0.albums() },
        .read("GET /library/sections/{}/collections") { try $0.collections() },
        .read("GET /library/sections/{}/genre") { try $0.genres() },
        .read("GET /library/sections/{}/recentlyAdded") { try $0.recentlyAdded() },
        .read("GET /hubs/home/recentlyAdded") { try $0.homeRecentlyAdded() },
        .read("GET /library/metadata/{}") { try $0.metadata() },
        .read("GET /library/metadata/{}/children") { try $0.children() },
        .read("GET /library/metadata/{}/allLeaves") { try $0.allLeaves() },
        .read("GET /library/metadata/{}/thumb/{}") { try $0.thumbnail() },
        .read("GET /photo/:/transcode") { try $0.resized() },
        .read("GET /hubs/search") { try $0.search() },

        .read("GET /status/sessions", .owner) { $0.sessions() },
        .write("POST /status/sessions/terminate", .owner) { try PlexView.terminate($0, &$1) },
        .write("GET /status/sessions/terminate", .owner) { try PlexView.terminate($0, &$1) },
        .read("GET /status/sessions/history/all") { try $0.history() },

        .read("GET /playlists") { try $0.playlists() },
        .write("POST /playlists") { try PlexPlaylistEdits.create($0, &$1) },
        .read("GET /playlists/{}") { try $0.onePlaylist() },
        .write("PUT /playlists/{}") { try PlexPlaylistEdits.rename($0, &$1) },
        .write("DELETE /playlists/{}") { try PlexPlaylistEdits.delete($0, &$1) },
        .read("GET /playlists/{}/composite/{}") { try $0.composite() },
        .read("GET /playlists/{}/items") { try $0.playlistItems() },
        .write("PUT /playlists/{}/items") { try PlexPlaylistEdits.addItems($0, &$1) },
        .write("DELETE /playlists/{}/items") { try PlexPlaylistEdits.clear($0, &$1) },
        .write("DELETE /playlists/{}/items/{}") { try PlexPlaylistEdits.removeItem($0, &$1) },
        .write("PUT /playlists/{}/items/{}/move") { try PlexPlaylistEdits.moveItem($0, &$1) },

        .write("PUT /:/rate") { try PlexEdits.rate($0, &$1) },
        .write("GET /:/scrobble") { try PlexEdits.mark($0, &$1, isPlayed: true) },
        .write("GET /:/unscrobble") { try PlexEdits.mark($0, &$1, isPlayed: false) },
        .write("PUT /library/sections/{}/all", .owner) { try PlexEdits.editSection($0, &$1) },
        .write("PUT /library/metadata/{}", .owner) { try PlexEdits.editItems($0, &$1) },
    ]
}
