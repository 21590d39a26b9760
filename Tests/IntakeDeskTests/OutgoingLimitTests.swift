import IntakeConsole
import Stage
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// A desk writes no more rows of a kind than may wait at the server: those of before, the newest
/// pieces.
@Suite struct OutgoingLimitTests {
    let setting: TestDesk
    let other: OrganisationID

    init() throws {
        setting = try TestDesk()
        other = try #require(OrganisationID(ascii: ascii("buren")))
    }

    /// What goes out of a vault with these records.
    private func outgoing(_ fill: (VaultCells) throws -> Void) throws -> Outgoing {
        let neighbour = PaperOrganisation("buren", of: ascii(TestServer.deployment))
        let directory = try Directory(text: setting.directoryText(besides: [neighbour]))
        return try setting.desk.vault.write { cells in
            try fill(cells)
            return try Outgoing(
                from: cells,
                organisation: setting.organisation,
                directory: directory,
                today: TestDesk.today
            )
        }
    }

    private func reply(_ number: Int) -> ReplyRecord {
        ReplyRecord(
            threadRow: 1,
            messagesAnswered: 1,
            number: 0,
            kind: Reply.Kind.message.rawValue,
            day: TestDesk.today,
            tag: Tag(number: UInt64(number)),
            shardByte: 0,
            envelope: Digest(of: [])
        )
    }

    private func count(_ outgoing: Outgoing, _ kind: OutRow.Kind) -> Int {
        outgoing.rows.count { $0.kind == kind }
    }

    /// One reply more than may wait.
    private func fill(_ cells: VaultCells, _ change: (inout ReplyRecord) -> Void = { _ in }) throws
    {
        for number in 0...16_384 {
            var record = reply(number)
            change(&record)
            _ = try cells.append(
                to: .reply,
                [.record: record.bytes, .frame: [], .envelope: []]
            )
        }
    }

    @Test func `16,384 replies, those of before`() throws {
        let out = try outgoing { cells in try fill(cells) }
        #expect(count(out, .reply) == 16_384)
        #expect((out.replies, out.replyFillers) == (16_384, 0))
        let newest = Tag(number: 16_384)
        #expect(!out.rows.contains { $0.tag == newest })
    }

    @Test func `16,384 withdrawals of replies that the log has`() throws {
        let out = try outgoing { cells in
            try fill(cells) { record in
                record.sighting = Sighting(index: 0, day: TestDesk.today)
                record.isWithdrawn = true
            }
        }
        #expect((count(out, .withdrawal), out.withdrawals) == (16_384, 16_384))
        #expect(count(out, .reply) == 4, "fillers alone")
    }

    @Test func `4,096 transfers with the fillers of each other organisation`() throws {
        let envelope = Envelope.text(
            Filler.frame(for: other),
            to: setting.key(),
            second: .decoy
        )
        let out = try outgoing { cells in
            for number in 0..<4_096 {
                let record = TransferRecord(
                    of: 1,
                    to: other,
                    content: Digest(of: [UInt8](number.description.utf8)),
                    day: TestDesk.today,
                    envelope: envelope
                )
                _ = try cells.append(to: .transfer, [.record: record.bytes, .envelope: []])
            }
        }
        #expect(out.transferred == 4_092)
        #expect(count(out, .transferred) == 4_092)
    }

    @Test func `16,384 pieces, the newest`() throws {
        let out = try outgoing { cells in
            for number in 0...16_384 {
                let piece = Digest(of: [UInt8](number.description.utf8))
                let record = PieceRecord(envelope: piece)
                _ = try cells.append(to: .piece, [.record: record.bytes, .envelope: []])
            }
        }
        #expect(count(out, .pieceWanted) == 16_384)
        #expect(!out.rows.contains { $0.digest == Digest(of: ascii("0")) })
        #expect(out.rows.contains { $0.digest == Digest(of: ascii("16384")) })
    }
}
