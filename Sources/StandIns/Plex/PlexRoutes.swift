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
        .read("GET /library/sections/{}/collections") { try $0.collections() },
        .read("GET /library/sections/{}/genre") { try $0.genres() },
        .read("GET /library/sections/{}/recentlyAdded") { try $0.recentlyAdded() },
        .read("GET /hubs/home/recentlyAdded") { try $0.homeRecentlyAdded() },
        .read("GET /library/metadata/{}") { try $0.metadata() },
        .read("GET /library/metadata/{}/children") { try $0.children() },
        .read("GET /library/metadata/{}/allLeaves") { try $0.allLeaves() },
    ]
}
