// get_plays_by_… (sheet §5): numbers over days, hours, months, people, platforms, in the host's time zone.

import Runtime

extension TautulliAPI {
    static let chartCommands: [String: Command] = [
        "get_plays_by_date": chart(.mediaTypeAndTotal) { api, visit, span in api.days(visit, span) },
        "get_plays_by_dayofweek": chart { api, _, _ in
            let names = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
            return Axis(categories: names) { row in names[api.wall(row).weekday] }
        },
        "get_plays_by_hourofday": chart { api, _, _ in
            Axis(categories: (0..<24).map { $0.padded(2) }) { row in api.wall(row).wall.hour.padded(2) }
        },
        "get_plays_per_month": chart(months: true) { api, visit, span in
            let now = api.rules.zone.parts(of: visit.now).wall
            let months = (0..<span).reversed().map { back in
                let month = now.year * 12 + now.month - 1 - back
                return TautulliAPI.monthName(year: month / 12, month: month % 12 + 1)
            }
            return Axis(categories: months) { row in
                let wall = api.wall(row).wall
                return TautulliAPI.monthName(year: wall.year, month: wall.month)
            }
        },
        "get_plays_by_top_10_platforms": chart { api, visit, _ in
            api.topTen(visit) { $0.device.platform }
        },
        "get_plays_by_top_10_users": chart { api, visit, _ in
            api.topTen(visit) { api.book.user($0.userID)?.shownName ?? $0.username }
        },
        "get_plays_by_stream_type": chart(.streamType) { api, visit, span in api.days(visit, span) },
        "get_plays_by_source_resolution": chart(.streamType) { api, visit, _ in
            api.topTen(visit) { $0.item.item.kind == .track ? "" : "1080" }
        },
        "get_plays_by_stream_resolution": chart(.streamType) { api, visit, _ in
            api.topTen(visit) { $0.item.item.kind == .track ? "" : $0.decision == .transcode ? "720" : "1080" }
        },
        "get_stream_type_by_top_10_users": chart(.streamType) { api, visit, _ in
            api.topTen(visit) { api.book.user($0.userID)?.shownName ?? $0.username }
        },
        "get_stream_type_by_top_10_platforms": chart(.streamType) { api, visit, _ in
            api.topTen(visit) { $0.device.platform }
        },
    ]

    /// What stands under the bars, and to which a play belongs.
    private struct Axis {
        let categories: [String]
        let category: (TautulliRow) -> String
    }

    private enum Split {
        case mediaType, mediaTypeAndTotal, streamType
    }

    private static func chart(
        _ split: Split = .mediaType, months: Bool = false,
        _ axis: @escaping @Sendable (TautulliAPI, Visit, Int) -> Axis
    ) -> Command {
        { api, visit throws(TautulliRefusal) in
            // A failed query ends in an answer of nothing, which is an error.
            guard api.rules.databaseWorks else { throw .refused(nil) }
            let asked = visit.castNumber("time_range", or: 0)
            let span = min(asked > 0 ? asked : months ? 12 : 30, 5_000)
            return .data(api.chart(visit, split, span: span, months: months, axis(api, visit, span)))
        }
    }

    /// The last `span` days, today included.
    private func days(_ visit: Visit, _ span: Int) -> Axis {
        // Noon is in the right day whatever the clocks do.
        let noon = Int(visit.now.seconds) + (12 - rules.zone.parts(of: visit.now).wall.hour) * 3_600
        let days = (0..<span).reversed().map { Self.day(noon - $0 * 86_400, in: rules.zone) }
        return Axis(categories: days) { row in Self.day(row.started, in: self.rules.zone) }
    }

    private func wall(_ row: TautulliRow) -> LocalTime.Parts {
        rules.zone.parts(of: Instant(seconds: Int64(row.started)))
    }

    private static func monthName(year: Int, month: Int) -> String {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(names[(month - 1) % 12]) \(year)"
    }

    private func rows(_ visit: Visit, span: Int, months: Bool) -> [TautulliRow] {
        let users = visit.list("user_id")
        let since = Int(visit.now.seconds) - span * 86_400 * (months ? 31 : 1)
        return book.rows.filter { row in
            row.stopped >= since && row.stopped <= Int(visit.now.seconds)
                && (users.map { $0.contains(String(row.userID)) } ?? true)
        }
    }

    private func topTen(_ visit: Visit, _ category: @escaping (TautulliRow) -> String) -> Axis {
        let asked = visit.castNumber("time_range", or: 0)
        let found = rows(visit, span: asked > 0 ? asked : 30, months: false)
        let counts = Dictionary(grouping: found.filter { !category($0).isEmpty }, by: category).map { name, rows in
            (name: name, amount: amount(rows, visit))
        }
        let first = counts.sorted { ($1.amount, $0.name) < ($0.amount, $1.name) }.prefix(10)
        return Axis(categories: first.map(\.name), category: category)
    }

    /// Sittings, or seconds.
    private func amount(_ rows: [TautulliRow], _ visit: Visit) -> Int {
        visit["y_axis"] == "duration" ? rows.reduce(0) { $0 + $1.played } : count(rows, visit)
    }

    private func chart(_ visit: Visit, _ split: Split, span: Int, months: Bool, _ axis: Axis) -> JSON {
        let places = Dictionary(axis.categories.enumerated().map { ($1, $0) }) { first, _ in first }
        var bins = [[TautulliRow]](repeating: [], count: axis.categories.count)
        for row in rows(visit, span: span, months: months) {
            if let place = places[axis.category(row)] { bins[place].append(row) }
        }
        func series(_ name: String, _ fits: (TautulliRow) -> Bool) -> (name: String, data: [Int]) {
            (name, bins.map { amount($0.filter(fits), visit) })
        }
        let isGrouping = visit.isSet("grouping", or: rules.groupsHistory)
        var all: [(name: String, data: [Int])]
        switch split {
        case .mediaType, .mediaTypeAndTotal:
            // Only of the kinds there are libraries of.
            let kinds = Set(visit.world.sections.map(\.kind))
            all = []
            if kinds.contains(.show) { all.append(series("TV") { $0.item.item.kind == .episode }) }
            if kinds.contains(.movie) { all.append(series("Movies") { $0.item.item.kind == .movie }) }
            if kinds.contains(.artist) { all.append(series("Music") { $0.item.item.kind == .track }) }
            if split == .mediaTypeAndTotal, !all.isEmpty {
                let total = axis.categories.indices.map { index in all.reduce(0) { $0 + $1.data[index] } }
                all.append(("Total", total))
            }
        case .streamType:
            // A sitting counts once, as what its first play was.
            let sittings = bins.map { bin in
                Dictionary(grouping: bin) { isGrouping ? $0.reference : $0.id }.values.map { rows in
                    (decision: rows.min { $0.id < $1.id }?.decision, rows: rows)
                }
            }
            let names: [(String, HouseholdWorld.Decision)] = [
                ("Direct Play", .directPlay), ("Direct Stream", .copy), ("Transcode", .transcode),
            ]
            all = names.map { name, decision in
                (
                    name,
                    sittings.map { bin in
                        bin.reduce(0) { $0 + ($1.decision == decision ? amount($1.rows, visit) : 0) }
                    }
                )
            }
        }
        return [
            "categories": .texts(axis.categories),
            "series": .array(
                all.map { ["name": .string($0.name), "data": .array($0.data.map { .number($0) })] }),
        ]
    }
}
