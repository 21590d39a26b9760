import Foundation
import IntakeConsole
import SealedIntake
import Testing

@testable import IntakeStore

/// A verified in-bundle with its objects, by row.
struct ReadBundle {
    let bundle: InBundle
    var envelopes: [Tag: [UInt8]] = [:]
    var directories: [[UInt8]] = []
    var pieces: [Digest: [UInt8]] = [:]

    /// Reads a file to its end as a desk would.
    init(_ path: String, for organisation: String, _ key: LogKey) throws {
        var source = try FileSource(path: path)
        bundle = try InBundle(
            from: &source,
            organisation: organisation.id,
            origin: Deployment.name,
            logKeys: [key.verifierKey]
        )
        for row in bundle.rows where row.size > 0 {
            let object = try InBundle.object(of: row, from: &source)
            if row.leaf.type == .directory {
                directories.append(object)
            } else {
                envelopes[row.leaf.tag] = object
            }
        }
        for row in bundle.pieces {
            pieces[row.digest] = try InBundle.object(of: row, from: &source)
        }
        try InBundle.checkEnd(of: &source)
    }
}

extension Deployment {
    /// Writes a bundle and reads it back.
    func export(
        _ organisation: String,
        from: UInt64? = nil,
        most: UInt64 = .max
    ) throws -> (report: ExportReport, read: ReadBundle) {
        let path = folder.appending(path: "\(organisation).in").path
        let report = try store.export(
            for: organisation.id,
            from: from,
            most: most,
            to: path,
            logKey: logKey
        )
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        #expect(size == Int(report.bytes))
        return (report, try ReadBundle(path, for: organisation, logKey))
    }
}
