import SealedIntake

/// A row of kind 5 with nothing in it: it hides whether a stick hands anything on.
///
/// It is a real envelope of kind 127, which the receiving desk opens and drops.
struct TransferFiller {
    let record: TransferRecord
    let envelope: Envelope

    /// Makes one, sealed to the organisation's key of a day, or to its last where all are over.
    init?(to organisation: Organisation, day: Day) {
        guard let key = organisation.sealingKey(on: day) ?? organisation.epochs.last?.key else {
            return nil
        }
        let frame = Filler.frame(for: organisation.id)
        envelope = Envelope.text(frame, to: key, second: .decoy)
        record = TransferRecord(
            of: 0,
            to: organisation.id,
            content: Digest([UInt8](repeating: 0, count: Digest.count)),
            day: day,
            envelope: envelope
        )
    }
}
