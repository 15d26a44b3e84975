// Wall-clock time of a place, over glibc (localtime_r(3), timegm(3), tzset(3)), because Foundation's TimeZone needs its
// large half. glibc knows one zone at a time, the one in TZ; so a lock holds while it is switched.
//
// Why this is safe though setenv(3) is not thread-safe: TZ is put into the environment before other threads exist
// (`prepare`), and replacing a variable that exists only swaps a pointer to a string that glibc never frees.

internal import CLinux
internal import Glibc
internal import Synchronization

package struct LocalTime: Sendable, Hashable {
    /// What a clock on the wall and a calendar beside it show.
    package struct WallTime: Sendable, Hashable {
        package var year: Int
        package var month: Int
        package var day: Int
        package var hour: Int
        package var minute: Int
        package var second: Int

        package init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
            self.year = year
            self.month = month
            self.day = day
            self.hour = hour
            self.minute = minute
            self.second = second
        }
    }

    package struct Parts: Sendable, Hashable {
        package var wall: WallTime
        /// 0 is Sunday.
        package var weekday: Int
        /// Seconds east of UTC.
        package var offset: Int
        package var abbreviation: String
    }

    package let zone: String

    package static let utc = LocalTime(checked: "UTC")

    private init(checked zone: String) { self.zone = zone }

    /// Nil where the system has no such zone.
    package init?(zone: String) {
        guard !zone.isEmpty, zone.utf8.allSatisfy(Self.isZoneCharacter), !zone.hasPrefix("/"), !zone.contains("..")
        else { return nil }
        guard zone == "UTC" || (try? Files.exists("\(Self.folder)/\(zone)")) == true,
            zone == "UTC"
                || (try? Files.read("\(Self.folder)/\(zone)", limit: 1 << 20))?.starts(with: Self.magic) == true
        else { return nil }
        self.zone = zone
    }

    /// Before the first thread: see above.
    package static func prepare() {
        unsafe setenv("TZ", "UTC", 0)
        tzset()
    }

    private static let folder = "/usr/share/zoneinfo"
    private static let magic = Array("TZif".utf8)

    private static func isZoneCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "+"):
            true
        default: false
        }
    }

    package func parts(of instant: Instant) -> Parts {
        var time = time_t(instant.seconds)
        var fields = unsafe tm()
        if zone == "UTC" {
            unsafe gmtime_r(&time, &fields)
            return unsafe Self.parts(fields, abbreviation: "UTC")
        }
        return Self.current.withLock { current in
            switchZone(&current)
            unsafe localtime_r(&time, &fields)
            // The name is glibc's own memory, of the zone that is set now.
            return unsafe Self.parts(fields, abbreviation: String(cString: fields.tm_zone))
        }
    }

    private static func parts(_ fields: tm, abbreviation: String) -> Parts {
        unsafe Parts(
            wall: WallTime(
                year: Int(fields.tm_year) + 1900, month: Int(fields.tm_mon) + 1, day: Int(fields.tm_mday),
                hour: Int(fields.tm_hour), minute: Int(fields.tm_min), second: Int(fields.tm_sec)),
            weekday: Int(fields.tm_wday), offset: Int(fields.tm_gmtoff),
            abbreviation: abbreviation)
    }

    /// The moments at which the wall shows this: none in the gap when clocks go forward, two when they go back.
    package func instants(of wall: WallTime) -> [Instant] {
        let asIfUTC = Self.asIfUTC(wall)
        // Every offset in force within a day on either side is a candidate; the right ones read back as asked.
        var found: Set<Int64> = []
        for hours in [-26, -3, -1, 0, 1, 3, 26] {
            let offset = parts(of: Instant(seconds: asIfUTC + Int64(hours) * 3600)).offset
            let candidate = asIfUTC - Int64(offset)
            let read = parts(of: Instant(seconds: candidate)).wall
            if read == wall { found.insert(candidate) }
        }
        return found.sorted().map { Instant(seconds: $0) }
    }

    /// Where clocks go forward over `wall`: the first moment after the gap.
    package func endOfGap(over wall: WallTime) -> Instant? {
        let asIfUTC = Self.asIfUTC(wall)
        func offset(at seconds: Int64) -> Int64 { Int64(parts(of: Instant(seconds: seconds)).offset) }
        // No gap is longer than a day (Samoa left out one whole day in 2011).
        var (before, after) = (asIfUTC - 26 * 3600, asIfUTC + 26 * 3600)
        let (old, new) = (offset(at: before), offset(at: after))
        guard old < new else { return nil }
        while after - before > 1 {
            let middle = before + (after - before) / 2
            if offset(at: middle) == old { before = middle } else { after = middle }
        }
        // The wall jumps from one to the other; what it never shows lies between.
        guard after + old <= asIfUTC, asIfUTC < after + new else { return nil }
        return Instant(seconds: after)
    }

    private static func asIfUTC(_ wall: WallTime) -> Int64 {
        var fields = unsafe tm()
        unsafe fields.tm_year = Int32(clamping: wall.year - 1900)
        unsafe fields.tm_mon = Int32(clamping: wall.month - 1)
        unsafe fields.tm_mday = Int32(clamping: wall.day)
        unsafe fields.tm_hour = Int32(clamping: wall.hour)
        unsafe fields.tm_min = Int32(clamping: wall.minute)
        unsafe fields.tm_sec = Int32(clamping: wall.second)
        return unsafe Int64(timegm(&fields))
    }

    /// "2026-11-21T04:30:00+01:00", with milliseconds where there are any.
    package func iso8601(_ instant: Instant) -> String {
        let parts = parts(of: instant)
        let wall = parts.wall
        let thousandths = Int((instant.milliseconds % 1000 + 1000) % 1000)
        var text = "\(wall.year.padded(4))-\(wall.month.padded(2))-\(wall.day.padded(2))"
        text += "T\(wall.hour.padded(2)):\(wall.minute.padded(2)):\(wall.second.padded(2))"
        if thousandths != 0 { text += ".\(thousandths.padded(3))" }
        if parts.offset == 0 { return text + "Z" }
        let minutes = abs(parts.offset) / 60
        return text + (parts.offset < 0 ? "-" : "+") + "\((minutes / 60).padded(2)):\((minutes % 60).padded(2))"
    }

    /// Reads a date as RFC 3339 writes it, with its offset; nil when it is none.
    package static func instant(iso8601 text: String) -> Instant? {
        guard let match = text.wholeMatch(of: iso8601Form) else { return nil }
        let (_, year, month, day, hour, minute, second, fraction, sign, offsetHours, offsetMinutes) = match.output
        guard let year = Int(year), let month = Int(month), let day = Int(day), let hour = Int(hour),
            let minute = Int(minute), let second = Int(second), let east = Int(offsetHours ?? "0"),
            let minutesEast = Int(offsetMinutes ?? "0"), east < 24, minutesEast < 60
        else { return nil }
        let wall = WallTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        // A date that does not exist reads back as another one, or not at all.
        guard let asUTC = utc.instants(of: wall).first else { return nil }
        let digits = (fraction ?? "").dropFirst().prefix(3)
        let thousandths = Int64(digits + String(repeating: "0", count: 3 - digits.count)) ?? 0
        let offset = Int64(east * 3600 + minutesEast * 60) * (sign == "-" ? -1 : 1)
        return Instant(milliseconds: (asUTC.seconds - offset) * 1000 + thousandths)
    }

    private static var iso8601Form:
        Regex<
            (
                Substring, Substring, Substring, Substring, Substring, Substring, Substring, Substring?, Substring?,
                Substring?, Substring?
            )
        >
    { /(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(\.\d+)?(?:[Zz]|([+-])(\d\d):(\d\d))/ }

    private static let current = Mutex("")

    private func switchZone(_ current: inout String) {
        guard current != zone else { return }
        unsafe setenv("TZ", zone, 1)
        tzset()
        current = zone
    }
}

extension Int {
    /// With zeros in front, to at least `width` digits.
    package func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
