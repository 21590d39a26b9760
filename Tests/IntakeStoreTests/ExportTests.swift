import Foundation
import GRDB
import IntakeConsole
import SealedIntake
import Testing

@testable import IntakeStore

/// What a courier takes to a desk, read back by the protocol.
struct ExportTests {
    @Test func `a bundle holds every leaf and the desk's own objects`() async throws {
        let deployment = try Deployment()
        let own = try Samples.text("nl-vi")
        let foreign = try Samples.text("helpdesk")
        let piece = try Samples.piece("nl-vi")
        for submission in [own, foreign, piece, try Samples.piece("helpdesk")] {
            try await deployment.accept(submission)
        }
        try deployment.closeNow()
        let (report, read) = try deployment.export("nl-vi")
        #expect(try read.bundle.run.leaves == deployment.leaves())
        #expect(read.envelopes.count == 4)
        #expect(read.envelopes[own.tag] == own.envelope.bytes)
        #expect(read.envelopes[foreign.tag] == nil)
        #expect(read.pieces == [piece.envelope.digest: piece.envelope.bytes])
        #expect(read.directories.count == 1)
        #expect(report.objects == 6)
        #expect(report.missing == 0)
    }

    @Test func `the next bundle starts where the desk stands`() async throws {
        let deployment = try Deployment()
        try await deployment.accept(try Samples.piece())
        try deployment.closeNow()
        let first = try deployment.newest().checkpoint.size
        try deployment.take(deployment.bundle())
        try await deployment.accept(try Samples.piece())
        try deployment.closeNow()
        let (report, read) = try deployment.export("nl-vi")
        #expect(report.from == first)
        #expect(read.bundle.run.first == first)
        #expect(read.pieces.count == 1)
        let (other, _) = try deployment.export("helpdesk")
        #expect(other.from == 0)
    }

    @Test func `what does not fit into a file goes into the next, close by close`() async throws {
        let deployment = try Deployment()
        for _ in 0..<5 {
            for _ in 0..<3 { try await deployment.accept(try Samples.text("nl-vi")) }
            try await deployment.accept(try Samples.piece("nl-vi"))
            try deployment.closeNow()
        }
        let whole = try deployment.export("nl-vi")
        #expect(whole.report.left == 0)
        let most: UInt64 = 3_000_000
        var (from, envelopes, pieces, files): (UInt64, Int, Int, Int) = (0, 0, 0, 0)
        repeat {
            let part = try deployment.export("nl-vi", from: from, most: most)
            #expect(part.report.bytes <= most)
            #expect(part.report.to > from)
            #expect(part.report.left == whole.report.to - part.report.to)
            (from, files) = (part.report.to, files + 1)
            envelopes += part.read.envelopes.count
            pieces += part.read.pieces.count
        } while from < whole.report.to
        #expect(files > 1)
        #expect(envelopes == whole.read.envelopes.count)
        #expect(pieces == whole.read.pieces.count)
    }

    @Test func `a close that fits into no file is refused and nothing is written`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        let path = deployment.folder.appending(path: "none.in").path
        #expect {
            let (store, key) = (deployment.store, deployment.logKey)
            _ = try store.export(for: "nl-vi".id, from: 0, most: 1000, to: path, logKey: key)
        } throws: { error in
            guard case .closeTooLarge? = error as? StoreError else { return false }
            return true
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `a bundle may start anywhere up to the end`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        try deployment.closeNow()
        let size = try deployment.newest().checkpoint.size
        for from in 0...size {
            let (report, read) = try deployment.export("nl-vi", from: from)
            #expect(report.to - report.from == size - from)
            #expect(UInt64(read.bundle.run.leaves.count) == size - from)
        }
        #expect(throws: StoreError.beyondLog(asked: size + 1, size: size)) {
            _ = try deployment.export("nl-vi", from: size + 1)
        }
    }

    @Test func `an organisation that nobody knows gets no bundle and no file`() throws {
        let deployment = try Deployment()
        let path = deployment.folder.appending(path: "elders.in").path
        #expect(throws: StoreError.unknownOrganisation("elders")) {
            _ = try deployment.store.export(
                for: "elders".id,
                to: path,
                logKey: deployment.logKey
            )
        }
        #expect(try !PlainFile.exists(path))
    }

    @Test func `an envelope that is gone is a row of size zero, and said`() async throws {
        let deployment = try Deployment()
        let lost = try Samples.text()
        try await deployment.accept(lost)
        try deployment.closeNow()
        try await deployment.store.pool.write { database in
            try database.execute(
                sql: """
                    DELETE FROM text_body
                    WHERE position = (SELECT position FROM leaf WHERE tag = ?)
                    """,
                arguments: [Blob(lost.tag)]
            )
        }
        let (report, read) = try deployment.export("nl-vi")
        #expect(report.missing == 1)
        #expect(read.envelopes[lost.tag] == nil)
        #expect(read.envelopes.count == 3)
    }

    @Test func `a file that cannot be written leaves nothing behind`() throws {
        let deployment = try Deployment()
        let path = deployment.folder.appending(path: "no/such/folder/a.in").path
        #expect(throws: FileError.self) {
            _ = try deployment.store.export(for: "nl-vi".id, to: path, logKey: deployment.logKey)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: deployment.folder.path)
        #expect(!names.contains { $0.hasSuffix(".part") })
    }
}
