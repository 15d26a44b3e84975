// What glibc does with freed memory (mallopt(3), malloc_trim(3)). Left alone it keeps nearly all of it: it makes an arena for
// every thread that meets another, and takes the first large piece that is freed for a sign that such pieces are better kept.
// A bot that once a day sorts fifty thousand tracks would be that large all day.

internal import CLinux
internal import Glibc

package enum Memory {
    /// First thing in `main`, before there are threads.
    package static func beThrifty() {
        mallopt(M_ARENA_MAX, 2)
        mallopt(M_MMAP_THRESHOLD, 1 << 20)
        mallopt(M_TRIM_THRESHOLD, 1 << 18)
    }

    /// After work on long lists: what lies free between things still in use goes back as well. Takes a few milliseconds.
    /// False: there was nothing to give.
    @discardableResult
    package static func giveBack() -> Bool { malloc_trim(0) != 0 }

    /// In bytes, as the kernel counts it (proc(5), statm); nil: it does not say.
    package static var resident: Int64? {
        guard
            let pages = (try? Files.text("/proc/self/statm"))?.split(separator: " ").dropFirst().first.flatMap({
                Int64($0)
            })
        else { return nil }
        return pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
    }
}
