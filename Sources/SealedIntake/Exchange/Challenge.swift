/// What the server says about now: the hour, the work it asks and what is closed.
///
/// ```text
/// u32 hour ‖ u8 difficulty ‖ u8 flags ‖ 00 00 ‖ challenge[16]    24 bytes
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 9.
public struct Challenge: Hashable, Sendable {
    /// The length in bytes.
    public static let count = 24

    /// Unix time / 3600.
    public let hour: UInt32
    /// The highest difficulty of all organisations.
    public let difficulty: UInt8
    /// Text is closed somewhere.
    public let isTextClosed: Bool
    /// Pieces are closed somewhere.
    public let arePiecesClosed: Bool
    /// The challenge of that hour, 16 bytes.
    public let bytesToSolve: [UInt8]

    /// Takes the parts.
    public init(
        hour: UInt32,
        difficulty: UInt8,
        isTextClosed: Bool,
        arePiecesClosed: Bool,
        bytesToSolve: [UInt8]
    ) {
        precondition(bytesToSolve.count == 16)
        self.hour = hour
        self.difficulty = difficulty
        self.isTextClosed = isTextClosed
        self.arePiecesClosed = arePiecesClosed
        self.bytesToSolve = bytesToSolve
    }

    /// Reads the 24 bytes, or nil when they are not in that form.
    public init?(bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard bytes.count == Self.count, let hour = try? reader.u32(),
            let difficulty = try? reader.u8(), let flags = try? reader.u8(), flags <= 3,
            difficulty <= Stamp.hardest + 4, reader.skip([0, 0])
        else { return nil }
        self.init(
            hour: hour,
            difficulty: difficulty,
            isTextClosed: flags & 1 != 0,
            arePiecesClosed: flags & 2 != 0,
            bytesToSolve: reader.rest()
        )
    }

    /// The 24 bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.u32(hour)
        writer.append([difficulty, (isTextClosed ? 1 : 0) | (arePiecesClosed ? 2 : 0), 0, 0])
        writer.append(bytesToSolve)
        return writer.bytes
    }

    /// The day that holds the hour.
    public var day: Day { Day(unixHour: hour) }
}
