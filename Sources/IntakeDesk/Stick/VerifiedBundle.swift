import IntakeConsole
import SealedIntake

/// A bundle whose container was verified to its last byte; nothing in it was opened.
struct VerifiedBundle {
    /// Everything but the objects.
    let bundle: InBundle
    /// SHA-256 of the whole file, as it was verified.
    let digest: Digest

    /// Progress is told once in so many rows.
    private static let stride = 64

    private let source: FileSource
    private let objectsOffset: UInt64

    /// Reads a whole file once: signatures, rows, leaves, root, and each object against its row.
    /// - Throws: ``FileError``, ``ContainerError``.
    init(
        path: String,
        identity: DeskIdentity,
        logKeys: [VerifierKey],
        progress: ImportProgress
    ) throws {
        var source = DigestedSource(try FileSource(path: path))
        do throws(BundleError) {
            bundle = try InBundle(
                from: &source,
                organisation: identity.organisation,
                origin: identity.deployment,
                logKeys: logKeys
            )
            objectsOffset = source.offset
            let all = bundle.run.leaves.count
            for (place, row) in bundle.rows.enumerated() where row.size > 0 {
                _ = try InBundle.object(of: row, from: &source)
                if place % Self.stride == 0 { progress(.verifying, place, all) }
            }
            for row in bundle.pieces where row.size > 0 {
                _ = try InBundle.object(of: row, from: &source)
            }
            try InBundle.checkEnd(of: &source)
        } catch {
            throw ContainerError.bundle(error)
        }
        digest = source.finish()
        self.source = source.source
    }

    /// Reads the objects again, each held to its row once more, and lends every row with its own.
    ///
    /// - Throws: what `leaf` and `piece` throw; ``ContainerError/changedWhileReading`` when the
    ///   file is no longer what was verified.
    func eachRow(
        progress: ImportProgress,
        leaf: (UInt64, Leaf, [UInt8]?) throws -> Void,
        piece: (Digest, [UInt8]?) throws -> Void
    ) throws {
        var source = source
        source.rewind(to: objectsOffset)
        for (index, row) in zip(bundle.run.first..<bundle.run.end, bundle.rows) {
            let object: [UInt8]?
            do throws(BundleError) {
                object = row.size > 0 ? try InBundle.object(of: row, from: &source) : nil
            } catch {
                throw ContainerError.changedWhileReading
            }
            try leaf(index, row.leaf, object)
            let place = Int(index - bundle.run.first)
            if place % Self.stride == 0 { progress(.opening, place, bundle.run.leaves.count) }
        }
        for row in bundle.pieces {
            let object: [UInt8]?
            do throws(BundleError) {
                object = row.size > 0 ? try InBundle.object(of: row, from: &source) : nil
            } catch {
                throw ContainerError.changedWhileReading
            }
            try piece(row.digest, object)
        }
    }
}
