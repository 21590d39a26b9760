import SealedIntake

/// All tags of a code at all organisations of a directory, to be found among many in a moment.
///
/// What is looked up may be chosen by strangers; what is kept here nobody can choose, so no look
/// takes long.
struct OwnTags {
    /// What a tag is for.
    struct Meaning {
        /// The organisation's place in the directory.
        let organisation: Int

        /// The slot of a message; behind ``TagKey/slotCount``, the number of a reply.
        let number: UInt32
    }

    private static let perThread = Int(TagKey.slotCount + TagKey.replyCount)

    /// The tags, thread by thread: those of messages, then those of replies.
    private var tags: [Tag] = []

    /// Places in `tags`, counted from 1, each where its tag wants to be or behind it.
    ///
    /// 0 is free. The length is a power of two.
    private var table: [UInt32]

    /// Derives the tags.
    init(keys: ReporterKeys, organisations: [Organisation]) {
        var room = 4
        while room < organisations.count * Self.perThread * 2 { room *= 2 }
        table = [UInt32](repeating: 0, count: room)
        tags.reserveCapacity(organisations.count * Self.perThread)
        for organisation in organisations {
            let thread = keys.thread(at: organisation.id)
            for slot in 0..<TagKey.slotCount { add(thread.keys.tags.messageTag(slot: slot)) }
            for number in 0..<TagKey.replyCount { add(thread.keys.tags.replyTag(number: number)) }
        }
    }

    /// What a tag is for, or nil when it is a stranger's.
    func meaning(of tag: Tag) -> Meaning? {
        var place = wanted(tag)
        while table[place] != 0 {
            let found = Int(table[place]) - 1
            if tags[found] == tag {
                return Meaning(
                    organisation: found / Self.perThread,
                    number: UInt32(found % Self.perThread)
                )
            }
            place = (place + 1) & (table.count - 1)
        }
        return nil
    }

    /// The tag of a reply.
    func reply(_ number: UInt32, of organisation: Int) -> Tag {
        tags[organisation * Self.perThread + Int(TagKey.slotCount + number)]
    }

    private mutating func add(_ tag: Tag) {
        tags.append(tag)
        var place = wanted(tag)
        while table[place] != 0 { place = (place + 1) & (table.count - 1) }
        table[place] = UInt32(tags.count)
    }

    private func wanted(_ tag: Tag) -> Int {
        var hash = 0
        for byte in tag.bytes[..<3] { hash = hash << 8 | Int(byte) }
        return hash & (table.count - 1)
    }
}
