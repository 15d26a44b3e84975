// The numbers that are read from the tables and the disk: what waits, what stands open, and how large it has become.

internal import Bot
internal import Runtime
internal import Storage
internal import Web

extension MetricsPage {
    func tables() async -> [MetricFamily] {
        var families: [MetricFamily] = []
        var size = MetricFamily("database_size_bytes", .gauge, "The database and its write-ahead log on the disk.")
        for (file, path) in [("main", database.path), ("log", database.path + "-wal")] {
            if let bytes = try? Files.size(path) { size.add(Double(bytes), ["file": file]) }
        }
        families.append(size)
        var backup = MetricFamily("backup_last_timestamp_seconds", .gauge, "When the newest backup was made.")
        if let made = Backup.newest(backups) { backup.add(seconds(made)) }
        families.append(backup)
        var inbox = MetricFamily("inbox_items", .gauge, "What others sent and is not done: parked needs a person.")
        if let counts = try? await Inbox(database).counts() {
            for (state, count) in counts { inbox.add(Double(count), ["state": state]) }
        }
        families.append(inbox)
        if let open = try? await desk.openCards().count {
            families.append(MetricFamily("approvals_waiting", .gauge, "What an admin is to decide.", Double(open)))
        }
        if let unsettled = try? await effects.interrupted().count {
            families.append(
                MetricFamily(
                    "effects_unsettled", .gauge, "Changes outside of which nobody knows whether they happened.",
                    Double(unsettled)))
        }
        if let bytes = Memory.resident {
            families.append(MetricFamily("resident_memory_bytes", .gauge, "Memory in use.", Double(bytes)))
        }
        return families
    }

    func seconds(_ instant: Instant) -> Double { Double(instant.milliseconds) / 1000 }
}
