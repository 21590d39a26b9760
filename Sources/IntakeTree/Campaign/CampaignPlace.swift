import SealedIntake

/// A place that can help, as it stands on paper.
struct CampaignPlace: Equatable {
    let id: String
    let name: String
    /// The first way in that may be printed; nil inside a school, or where nobody found one.
    let contact: String?
    /// When that way in is open, where it is known.
    let hours: String?
    let anonymity: String
    /// Whether a person tried that way in.
    let isChecked: Bool
    /// Whether it can be told something on the site itself.
    let isSealed: Bool
}
