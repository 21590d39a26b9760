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
    ) throws -> LeavesFile {
        guard let list = try? CheckpointList(bytes: checkpoints) else {
            throw StoreError.leaves(.checkpointList)
        }
        let checkpoint: VerifiedCheckpoint
        do throws(NoteError) {
            checkpoint = try VerifiedCheckpoint(
                note: list.newest,
                origin: logKey.signer.name,
                logKeys: logKey.verifierKeys
            )
        } catch {
            throw StoreError.leaves(.checkpoint(error))
        }
        var source = ArraySource(
            LeavesFile.head(
                checkpoint: checkpoint.keeping(logKey.verifierKeys),
                run: try joined(months)
            )
        )
        do throws(BundleError) {
            return try LeavesFile(
                from: &source,
                origin: logKey.signer.name,
                logKeys: logKey.verifierKeys
            )
        } catch {
            throw StoreError.leaves(.file(error))
        }
    }

    /// Each month must begin where the one before it ends.
    private static func joined(_ months: [[UInt8]]) throws -> LogRun {
        var runs: [LogRun] = []
        for bytes in months {
            do throws(MonthFileError) {
                runs.append(try LogRun(monthFile: bytes))
            } catch {
                throw StoreError.leaves(.month(error))
            }
        }
        runs = runs.filter { !$0.leaves.isEmpty }.sorted { $0.first < $1.first }
        guard var joined = runs.first else { throw StoreError.leaves(.noMonth) }
        for next in runs.dropFirst() {
            do throws(LogRunError) {
                try joined.append(next)
            } catch {
                throw StoreError.leaves(.monthMissing(from: joined.end, to: next.first))
            }
        }
        return joined
    }
}
