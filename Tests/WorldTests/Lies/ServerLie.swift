@testable import IntakeDesk
@testable import IntakePage

/// Everything a server can lie about that holds the log key and all that was sent to it.
enum ServerLie: String, CaseIterable, Sendable {
    // On the stick of one desk.
    case withholdsObject
    case swapsObject
    case dropsReportForOne
    case swapsEnvelopeForOne
    case keepsDeskApart
    case changesOldLeaf
    case rollsBack
    case showsTwoLogs
    case signsTwoRoots
    case leavesWitnessOut
    case bringsOldWitness
    case forgesWitness
    case bringsWitnessOfAnother
    case dropsDirectory
    case forgesDirectory
    // In the log that all see.
    case acknowledgesForDesk
    case acknowledgementFalls
    case keepsBackReplies
    case takesReplyOut
    case swapsLeaves
    case overdueTooEarly
    case overdueOfNobody
    case hidesOverdue
    case leavesOutFillers
    case logsOldDirectory
    case breaksPromise
    case swapsEnvelopeForAll
    // To visitors.
    case neverPublishesReply
    case showsOldDirectory
    case showsForgedDirectory
    case showsMonthWithoutLeaf
    case showsOldCheckpoint
    case showsCosignatureOfAnother
    case showsYesterday
    // To visitors, of time, and of what was picked up.
    case freezesEverything
    case freezesAllButTheHour
    case freezesUnderANewPage
    case showsOldDirectoryToANewPage
    case runsAhead
    case emptiesEntry
    case hidesAcknowledgement

    /// Who finds it out, and how, in the order in which they can.
    var caught: [Catch] {
        switch self {
        case .withholdsObject: [.alarm("objectsMissing", lasting: false), .notCosigned]
        case .swapsObject: [.refused(.damaged, proof: false)]
        // The desk that is lied to cannot know. Whoever meets its signature can, and itself,
        // as soon as it meets the others' log.
        case .dropsReportForOne, .swapsEnvelopeForOne:
            [
                .pageRefuses(.log), .refused(.witnessDiffers, proof: true), .storeRefuses,
                .refused(.otherHistory, proof: true),
            ]
        // To everybody else the desk picks nothing up any more, and that shows.
        case .keepsDeskApart:
            [.pageShows(.overdue), .storeRefuses, .refused(.otherHistory, proof: true)]
        case .changesOldLeaf, .rollsBack: [.refused(.otherHistory, proof: true)]
        case .showsTwoLogs: [.refused(.witnessDiffers, proof: true)]
        case .signsTwoRoots: [.refused(.twoRoots, proof: true)]
        case .leavesWitnessOut, .bringsOldWitness, .forgesWitness, .bringsWitnessOfAnother:
            [.alarm("witnessMissing", lasting: false), .notCosigned]
        case .dropsDirectory: [.alarm("directoryMissing", lasting: true)]
        case .acknowledgesForDesk:
            [
                .alarm("witnessMissing", lasting: false), .notCosigned, .pageRefuses(.checkpoint),
                .auditNames("noCosignature"), .alarm("acknowledgementNotGiven", lasting: true),
            ]
        case .acknowledgementFalls:
            [.alarm("acknowledgementFell", lasting: true), .auditNames("acknowledgementFalls")]
        case .keepsBackReplies: [.alarm("sentWithheld", lasting: true)]
        case .takesReplyOut: [.alarm("withdrawalNotAsked", lasting: true), .pageShows(.withdrawn)]
        case .swapsLeaves: [.auditNames("outOfOrder")]
        // The escalation desk holds it unopened like any other, and cannot know.
        case .overdueTooEarly: [.auditNames("notOverdue")]
        case .overdueOfNobody: [.auditNames("overdueUnknown")]
        // The escalation desk cannot know what was never transferred to it.
        case .hidesOverdue: [.pageShows(.overdue), .auditNames("notEscalated")]
        case .leavesOutFillers: [.auditNames("partialBatch")]
        case .forgesDirectory: [.alarm("directoryUnproven", lasting: false)]
        case .logsOldDirectory:
            [.alarm("directoryFell", lasting: true), .auditNames("directoryGoesBack")]
        // No desk and no audit can know: its reporter sees that it is not there, and who kept the
        // promise holds both signatures.
        case .breaksPromise, .swapsEnvelopeForAll: [.pageMisses, .promiseBroken]
        case .neverPublishesReply: [.pageShows(.withheld), .auditNames("withheld")]
        case .showsOldDirectory: [.pageRefuses(.older)]
        case .showsForgedDirectory: [.pageRefuses(.directory)]
        case .showsMonthWithoutLeaf, .showsOldCheckpoint: [.pageRefuses(.log)]
        case .showsCosignatureOfAnother: [.pageRefuses(.checkpoint)]
        // Old and whole: the page shows the old days, "last picked up" too, until the next look.
        case .showsYesterday: []
        // The device's clock is the only witness that a server does not choose.
        case .freezesEverything, .freezesAllButTheHour: [.pageAsks]
        case .freezesUnderANewPage: [.pageRefuses(.clock)]
        case .showsOldDirectoryToANewPage: [.pageRefuses(.older)]
        case .runsAhead: [.pageShows(.recorded), .pageAsks]
        case .emptiesEntry: [.pageShows(.shownLess)]
        // Without the leaf it should have been transferred, and anybody sees that it was not.
        case .hidesAcknowledgement:
            [.pageShows(.shownLess), .pageShows(.answered), .auditNames("notEscalated")]
        }
    }

    /// Whether an audit finds the log wrong for good.
    var spoilsLog: Bool {
        switch self {
        case .acknowledgementFalls, .swapsLeaves, .overdueTooEarly, .overdueOfNobody,
            .hidesOverdue, .leavesOutFillers, .logsOldDirectory, .hidesAcknowledgement:
            true
        default: false
        }
    }
}
