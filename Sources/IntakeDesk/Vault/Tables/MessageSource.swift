import SealedIntake

/// By which way a message came here.
public enum MessageSource: Equatable, Sendable {
    /// The reporter wrote it to this organisation.
    case written
    /// The reporter wrote it to another, which did not pick it up, and opened it to this one.
    case released(OrganisationID)
    /// Another organisation transferred it with the reporter's consent.
    case transferred(OrganisationID)

    /// The organisation it was written to, where that is another.
    public var other: OrganisationID? {
        switch self {
        case .written: nil
        case .released(let other), .transferred(let other): other
        }
    }
}

extension MessageSource {
    /// `u8 way ‖ org16`, the second zero where there is no other organisation.
    init(from reader: inout ByteReader) throws(ByteReaderError) {
        let way = try reader.u8()
        let other = OrganisationID(padded: try reader.bytes(16))
        switch (way, other) {
        case (0, nil): self = .written
        case (1, let other?): self = .released(other)
        case (2, let other?): self = .transferred(other)
        default: throw .cut
        }
    }

    func write(to writer: inout ByteWriter) {
        let way: UInt8 =
            switch self {
            case .written: 0
            case .released: 1
            case .transferred: 2
            }
        writer.u8(way)
        writer.append(other?.padded ?? [UInt8](repeating: 0, count: 16))
    }
}
