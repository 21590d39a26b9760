import SealedIntake

/// What tells a code's own leaves among many in a moment: the tag key of each organisation, and
/// the tags of all replies.
///
/// What is looked up may be chosen by strangers; what is kept here nobody can choose, so no look
/// takes long.
struct OwnTags {
    private static let perThread = Int(TagKey.replyCount)

    private let threads: [ReporterKeys.Thread]

    /// The tags of replies, thread by thread.
    private var tags: [Tag] = []

    /// Places in `tags`, counted from 1, each where its tag wants to be or behind it.
    ///
    /// 0 is free. The length is a power of two.
    private var table: [UInt32]

    /// Derives what is needed at these organisations.
    init(keys: ReporterKeys, organisations: [Organisation]) {
        threads = organisations.map { keys.thread(at: $0.id) }
        var room = 4
        while room < organisations.count * Self.perThread * 2 { room *= 2 }
        table = [UInt32](repeating: 0, count: room)
        for thread in threads {
            for number in 0..<TagKey.replyCount { add(thread.keys.tags.replyTag(number: number)) }
        }
    }

    /// The slot of a message of the code to an organisation, by its place in the directory; nil
    /// for a stranger's leaf, and for a tag that binds another envelope.
    func slot(of leaf: Leaf, at place: Int) -> UInt32? {
        threads[place].keys.tags.slot(of: leaf.tag, envelope: leaf.digest)
    }

    /// The number of the reply that has this tag at an organisation, or nil when it is a
    /// stranger's.
    func reply(with tag: Tag, at organisation: Int) -> UInt32? {
        var place = wanted(tag)
        while table[place] != 0 {
            let found = Int(table[place]) - 1
            if tags[found] == tag {
                guard found / Self.perThread == organisation else { return nil }
                return UInt32(found % Self.perThread)
            }
            place = (place + 1) & (table.count - 1)
        }
        return nil
    }

    /// The tag of a reply.
    func reply(_ number: UInt32, of organisation: Int) -> Tag {
        tags[organisation * Self.perThread + Int(number)]
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
