import SealedIntake

extension Desk {
    /// How far a thread was handed on to each organisation its reporter agreed to.
    func handedOn(
        of contents: ThreadContents,
        in cells: VaultCells
    ) throws(DeskError) -> [ThreadView.HandedOn] {
        let consents = try Consents(of: contents, own: organisation, in: cells)
        let transfers = try cells.records(TransferRecord.self).map(\.record)
            .filter { $0.threadRow == contents.row }
        return consents.organisations.map { organisation in
            let sealed = transfers.filter { $0.organisation == organisation }
            let contained = Set(sealed.map(\.content))
            return ThreadView.HandedOn(
                organisation: organisation,
                messages: sealed.count,
                unsent: sealed.count { $0.sighting == nil },
                open: contents.ownMessages.count { !contained.contains($0.record.content) }
            )
        }
    }
}
