import SealedIntake

@testable import IntakeDesk

extension Reader {
    /// What stands in a desk's vault: an encrypted cell, and the records in such cells.
    static let vault = [
        Reader(name: "cell") { bytes in
            let key = VaultKey(SecretBytes(copying: [UInt8](repeating: 7, count: 32)))
            require(key.decrypt(bytes, place: [1]) == nil, "nobody makes a cell without the key")
            let cell = key.encrypt(bytes, place: [2])
            require(key.decrypt(cell, place: [2]) == bytes, "a cell opens where it stands")
            return key.unwrap(cell, place: [2]) != nil
        },
        Reader(name: "row") { bytes in
            guard let first = bytes.first else { return false }
            return records[Int(first) % records.count]([UInt8](bytes.dropFirst()))
        },
    ]

    private static let records: [@Sendable ([UInt8]) -> Bool] = [
        record(AlarmRecord.self), record(MissingRecord.self),
        record(LeavesRecord.self) { $0.run.after },
        record(MessageRecord.self) { $0.messageKind }, record(OverdueRecord.self),
        record(PieceRecord.self), record(ReplyRecord.self), record(SealingKeyRecord.self),
        record(SentRecord.self), record(ThreadRecord.self), record(TransferRecord.self),
        record(TreeFileRecord.self), record(UnreadableRecord.self), record(JournalRecord.self),
        { bytes in LogStart(setting: bytes) != nil },
    ]

    /// A record: what it reads of its own writing is the same.
    private static func record<Record: VaultRecord>(
        _: Record.Type,
        use: @escaping @Sendable (Record) -> Any? = { _ in nil }
    ) -> @Sendable ([UInt8]) -> Bool {
        { bytes in
            var reader = ByteReader(bytes)
            guard let read = try? Record(from: &reader) else { return false }
            _ = use(read)
            var again = ByteReader(read.bytes)
            guard let second = try? Record(from: &again) else {
                require(false, "a record reads what it wrote")
                return false
            }
            require(second.bytes == read.bytes && again.isAtEnd, "a record stays as it is")
            return true
        }
    }
}
