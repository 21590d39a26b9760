import ArgumentParser

/// How many MiB must stay free, as it is typed.
enum LeastFree {
    /// Refuses what no disk has.
    static func validate(_ mebibytes: UInt64) throws {
        guard mebibytes <= UInt64.max >> 21 else {
            throw ValidationError("\(mebibytes) MiB are too many for any disk")
        }
    }
}
