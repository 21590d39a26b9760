/// Something of the decision tree that code asks for by its name, and who does.
public struct KnownName: Hashable, Sendable {
    /// What the name is of.
    public enum Thing: Hashable, Sendable {
        /// A question.
        case question([UInt8])
        /// An answer of a question.
        case answer([UInt8], of: [UInt8])
        /// A fact that an answer gives.
        case fact(Fact)
        /// A value that a desk may set.
        case deskFact(Fact)
        /// A rule of a desk.
        case desk([UInt8])
        /// An organisation with a telephone number that may be shown.
        case number([UInt8])
    }

    /// What must be there.
    public let thing: Thing
    /// Who asks for it.
    public let asker: String

    /// Takes what must be there and who asks for it.
    public init(_ thing: Thing, for asker: String) {
        self.thing = thing
        self.asker = asker
    }

    /// All that any part of the house asks for.
    public static let all: [KnownName] =
        [
            KnownName(.question(TreeName.danger), for: "the campaign's overview"),
            KnownName(.question(TreeName.theme), for: "the campaign and the desk's list"),
            KnownName(.question(TreeName.role), for: "the desk's list"),
            KnownName(.question(TreeName.school), for: "the desk's list"),
            KnownName(
                .answer(TreeName.stuck, of: TreeName.theme),
                for: "who is stuck on the page"
            ),
            KnownName(
                .answer(TreeName.inspectors, of: TreeName.asked),
                for: "who wrote to the wrong place"
            ),
            KnownName(.deskFact(TreeName.consent), for: "the desk's consent"),
            KnownName(.desk(TreeName.deadline), for: "the days of a desk's route"),
        ]
        + TreeName.staff.map {
            KnownName(.fact(Fact(name: TreeName.role, value: $0)), for: "the endings of staff")
        }
        + (TreeName.staff + TreeName.otherPolite).map {
            KnownName(.answer($0, of: TreeName.role), for: "whom the page calls u")
        }
        + (TreeName.alarms + TreeName.called).map {
            KnownName(.number($0), for: "the numbers of every page")
        }
}
