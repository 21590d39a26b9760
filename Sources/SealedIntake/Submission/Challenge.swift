/// What the server says about now: the hour, its challenge, what each organisation asks of a stamp
/// and what is closed.
///
/// ```text
/// u32 hour ‖ u8 flags ‖ u8 n ‖ challenge[16] ‖ n x u16 tries    22 + 2n bytes
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 9.2.
public struct Challenge: Hashable, Sendable {
    /// The length of a challenge itself in bytes.
    public static let toSolveCount = 16

    /// A device's clock may be so many hours away from the server's.
    public static let clockHours: UInt32 = 48

    /// Unix time / 3600.
    public let hour: UInt32
    /// Nothing can be taken now.
    public let isTextClosed: Bool
    /// Pieces are not taken.
    public let arePiecesClosed: Bool
    /// The challenge of that hour, 16 bytes.
    public let bytesToSolve: [UInt8]
    /// What a stamp of that hour is asked, for each organisation in the directory's order; none
    /// is 0.
    public let tries: [UInt16]

    /// Takes the parts.
    public init(
        hour: UInt32,
        isTextClosed: Bool,
        arePiecesClosed: Bool,
        bytesToSolve: [UInt8],
        tries: [UInt16]
    ) {
        precondition(bytesToSolve.count == Self.toSolveCount && tries.count <= UInt8.max)
        self.hour = hour
        self.isTextClosed = isTextClosed
        self.arePiecesClosed = arePiecesClosed
        self.bytesToSolve = bytesToSolve
        self.tries = tries
    }

    /// Reads the bytes, or nil when they are not in that form.
    public init?(bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let hour = try? reader.u32(), let flags = try? reader.u8(), flags <= 3,
            let count = try? reader.u8(),
            let bytesToSolve = try? reader.bytes(Self.toSolveCount)
        else { return nil }
        var tries: [UInt16] = []
        for _ in 0..<count {
            guard let asked = try? reader.u16(), asked > 0 else { return nil }
            tries.append(asked)
        }
        guard reader.isAtEnd else { return nil }
        self.init(
            hour: hour,
            isTextClosed: flags & 1 != 0,
            arePiecesClosed: flags & 2 != 0,
            bytesToSolve: bytesToSolve,
            tries: tries
        )
    }

    /// The bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.u32(hour)
        let flags: UInt8 = (isTextClosed ? 1 : 0) | (arePiecesClosed ? 2 : 0)
        writer.append([flags, UInt8(tries.count)])
        writer.append(bytesToSolve)
        for asked in tries { writer.u16(asked) }
        return writer.bytes
    }

    /// Whether it has a number for each organisation of a directory, and asks of none more than
    /// the directory allows.
    public func fits(organisationCount: Int, work: UInt16) -> Bool {
        tries.count == organisationCount && tries.allSatisfy { $0 <= work }
    }

    /// The day that holds the hour.
    public var day: Day { Day(unixHour: hour) }
}
