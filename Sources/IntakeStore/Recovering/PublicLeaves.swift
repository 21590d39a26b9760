import SealedIntake

/// The leaves of the log as anybody fetched them: month files under the newest checkpoint.
///
/// A close that no desk took before the store was lost stands nowhere else.
/// - SeeAlso: `docs/spec/protocol.md`, sections 8.4 and 12.
enum PublicLeaves {
    /// Puts month files together, in whatever order they come, and verifies them under the log's
    /// own signature.
    /// - Throws: ``StoreError/leaves(_:)``.
    static func file(
        checkpoints: [UInt8],
        months: [[UInt8]],
        logKey: LogKey
    ) throws(StoreError) -> LeavesFile {
        guard let list = try? CheckpointList(bytes: checkpoints) else {
            throw .leaves("the checkpoints are not in their form")
        }
        let checkpoint: VerifiedCheckpoint
        do throws(NoteError) {
            checkpoint = try VerifiedCheckpoint(
                note: list.newest,
                origin: logKey.signer.name,
                logKeys: logKey.verifierKeys
            )
        } catch {
            throw .leaves(error.clause)
        }
        let joined = try joined(months)
        var source = ArraySource(
            LeavesFile.head(
                checkpoint: checkpoint.keeping(logKey.verifierKeys),
                before: joined.before,
                leaves: joined.leaves
            )
        )
        do throws(BundleError) {
            return try LeavesFile(
                from: &source,
                origin: logKey.signer.name,
                logKeys: logKey.verifierKeys
            )
        } catch {
            throw .leaves(error.clause)
        }
    }

    /// Each month must begin where the one before it ends.
    private static func joined(_ months: [[UInt8]]) throws(StoreError) -> MonthFile {
        var files: [MonthFile] = []
        for bytes in months {
            do throws(MonthFileError) {
                files.append(try MonthFile(bytes: bytes))
            } catch {
                throw .leaves(error.clause)
            }
        }
        files = files.filter { !$0.leaves.isEmpty }.sorted { $0.first < $1.first }
        guard let first = files.first else { throw .leaves("no month has any leaf") }
        for (one, next) in zip(files, files.dropFirst()) {
            guard one.after == next.before else {
                throw .leaves(
                    "a month is missing between leaf \(one.after.size) and leaf \(next.first)"
                )
            }
        }
        return MonthFile(before: first.before, leaves: files.flatMap(\.leaves))
    }
}
