/// What the page says around the tree's own texts; each is a key of the page's texts.
enum TreeWord: String, CaseIterable {
    /// With what all the keys begin.
    static let prefix = "boom."

    /// First help.
    case first = "boom.eerst"
    /// Who fits best.
    case places = "boom.plek"
    /// Who may help as well.
    case also = "boom.ook"
    /// What to know.
    case notes = "boom.weten"
    /// What the law asks.
    case duties = "boom.plicht"
    /// Who leads inside the school.
    case leads = "boom.leiding"
    /// The protocol that goes with it.
    case `protocol` = "boom.protocol"
    /// Why this is shown.
    case why = "boom.waarom"
    /// The ladder.
    case ladder = "boom.trap"
    /// How to use the ladder.
    case ladderHow = "boom.trap-uitleg"
    /// Before a number.
    case call = "boom.bel"
    /// Before an address.
    case mail = "boom.mail"
    /// Where somebody of the school is found.
    case schoolGuide = "boom.schoolgids"
    /// What a place can and cannot do.
    case more = "boom.wel-en-niet"
    /// What a place can do.
    case can = "boom.wel"
    /// What a place cannot do.
    case cannot = "boom.niet"
    /// Telling it here.
    case tell = "boom.vertel"
    /// Where telling it here needs a script.
    case needsScript = "boom.zonder-script"
    /// Where telling it here is not safe now.
    case closed = "boom.dicht"
    /// Going on although it may be danger.
    case goOn = "boom.toch"
    /// A duty from a day on.
    case from = "boom.vanaf"
    /// A duty until a day.
    case until = "boom.tot"
}
