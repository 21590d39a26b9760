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
    /// Before a number.
    case call = "boom.bel"
    /// Before a site on which somebody answers.
    case chat = "boom.chat"
    /// Between that and the site.
    case on = "boom.op"
    /// Before an address.
    case mail = "boom.mail"
    /// Where somebody of the school is found.
    case schoolGuide = "boom.schoolgids"
    /// What a place can do.
    case can = "boom.wel"
    /// What a place cannot do.
    case cannot = "boom.niet"
    /// Telling it here.
    case tell = "boom.vertel"
    /// Telling it here, where calling comes first.
    case write = "boom.schrijf"
    /// Before the name of the place that reads it.
    case reads = "boom.naar"
    /// Where telling it here needs a script.
    case needsScript = "boom.zonder-script"
    /// Where telling it here is not safe now.
    case closed = "boom.dicht"
    /// Asking the questions again.
    case again = "boom.opnieuw"
    /// For whom none of it helps.
    case stuck = "boom.vast"
    /// Going on although it may be danger.
    case goOn = "boom.toch"
    /// A duty from a day on.
    case from = "boom.vanaf"
    /// A duty until a day.
    case until = "boom.tot"
}
