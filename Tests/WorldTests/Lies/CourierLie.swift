/// Everything that somebody can do who carries the sticks and holds no key.
enum CourierLie: String, CaseIterable, Sendable {
    // To a desk.
    case flipsBit
    case cuts
    case lengthens
    case bringsAnothers
    case bringsOutAsIn
    case addsBadLine
    case bringsOld
    case bringsTwice
    case loses
    case addsLines
    case damagesDirectory
    // To the server.
    case flipsBitOut
    case cutsOut
    case lengthensOut
    case bringsInAsOut
    case addsBadLineOut
    case bringsOldOut
    case bringsOutTwice
    case swapsOuts
    case losesOut
    case addsLinesOut

    /// What becomes of it.
    enum Result: Equatable {
        /// The stick is refused, and nothing changed.
        case refused
        /// What the stick says is taken, and everything goes on.
        case harmless
        /// Taken, with that alarm until an honest stick comes.
        case alarm(String)
    }

    /// What must become of it.
    var result: Result {
        switch self {
        case .flipsBit, .cuts, .lengthens, .bringsAnothers, .bringsOutAsIn, .addsBadLine,
            .flipsBitOut, .cutsOut, .lengthensOut, .bringsInAsOut, .addsBadLineOut:
            .refused
        case .bringsOld, .bringsTwice, .loses, .addsLines, .bringsOldOut, .bringsOutTwice,
            .swapsOuts, .losesOut, .addsLinesOut:
            .harmless
        case .damagesDirectory: .alarm("directoryUnproven")
        }
    }
}
