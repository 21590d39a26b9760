import SealedIntake

/// Which tags of replies are used, in the log or by replies not sent yet.
struct ReplyNumbers {
    private var used: Set<Tag> = []
    private let order: [UInt32]

    /// Reads leaves and replies of a vault; whosever a reply is, its tag is no other's.
    ///
    /// Who does not hold the log from its beginning cannot know what a vault before this one used:
    /// it takes the upper half of the numbers first.
    init(reading books: Books) throws {
        let held = try books.log()
        let all = [UInt32](0..<TagKey.replyCount)
        let half = all.count / 2
        order = held.run.first == 0 ? all : [UInt32](all.dropFirst(half) + all.prefix(half))
        for leaf in held.run.leaves where leaf.type == .reply {
            used.insert(leaf.tag)
        }
        for (_, record) in try books.cells.records(ReplyRecord.self) { used.insert(record.tag) }
    }

    /// The first number of a thread, in this desk's order, whose tag is not used.
    /// - Throws: ``NewReplyError/threadFull``.
    func next(in thread: ThreadRecord) throws -> (number: UInt32, tag: Tag) {
        let tags = thread.tags
        for number in order {
            let tag = tags.replyTag(number: number)
            if !used.contains(tag) { return (number, tag) }
        }
        throw NewReplyError.threadFull
    }
}
