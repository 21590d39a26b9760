/// The names of the decision tree that code knows.
///
/// The tree is data, and may be another from one day to the next. What stands here may not leave it
/// alone: ``KnownName/all`` says who asks for each, and `intake-admin tree check` proves that it is
/// there. Code names nothing of a tree that does not stand here.
public enum TreeName {
    /// The question that danger ends at once.
    public static let danger = ascii("gevaar")
    /// The question what it is about.
    public static let theme = ascii("thema")
    /// The question who asks, and what follows from its answers.
    public static let role = ascii("rol")
    /// The question which kind of school it is.
    public static let school = ascii("school")
    /// The question who was asked before.
    public static let asked = ascii("gevraagd")

    /// The answer of somebody who does not say; each question has it.
    public static let notSaid = ascii("onbekend")
    /// The theme of somebody whom nobody helped.
    public static let stuck = ascii("vastgelopen")
    /// That the inspectors were asked before.
    public static let inspectors = ascii("inspectie")
    /// The roles of those who work at a school or lead one.
    public static let staff = [ascii("personeel"), ascii("directeur"), ascii("bestuur")]
    /// The other roles to whom one says "u".
    public static let otherPolite = [ascii("ouder"), ascii("extern")]

    /// What a desk says only of a reporter who agreed to be transferred.
    public static let consent = Fact(name: ascii("toestemming_doorgifte"), value: ascii("ja"))
    /// The rule of a desk that says how soon it must answer.
    public static let deadline = ascii("desk-termijn")

    /// Whose numbers are for danger alone.
    public static let alarms = [ascii("alarm"), ascii("alarm-bes")]
    /// Whose numbers the page's own templates and texts name, beside those for danger.
    public static let called = [ascii("kt"), ascii("lijn113"), ascii("vi")]
}
