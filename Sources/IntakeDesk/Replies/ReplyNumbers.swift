import SealedIntake

/// Which tags of replies are used, in the log or by replies not sent yet.
struct ReplyNumbers {
    private var used: Set<Tag> = []

    /// Reads leaves and replies of a vault; whosever a reply is, its tag is no other's.
    init(reading cells: VaultCells) throws(DeskError) {
        for (_, leaf) in try HeldLog(reading: cells).leaves where leaf.type == .reply {
            used.insert(leaf.tag)
        }
        for (_, record) in try cells.records(ReplyRecord.self) { used.insert(record.tag) }
    }

    /// The first number of a thread whose tag is not used.
    /// - Throws: ``ReplyRefusal/threadFull``.
    func next(in thread: ThreadRecord) throws(DeskError) -> (number: UInt32, tag: Tag) {
        let tags = thread.tags
        for number in 0..<TagKey.replyCount {
            let tag = tags.replyTag(number: number)
            if !used.contains(tag) { return (number, tag) }
        }
        throw .reply(.threadFull)
    }
}
