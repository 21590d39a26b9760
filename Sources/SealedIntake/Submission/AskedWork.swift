/// What an hour asks of a stamp: the numbers of the reckoning.
/// - SeeAlso: `docs/spec/protocol.md`, section 7.3.
public enum AskedWork {
    /// What is asked where nothing is the matter, the mean number of hashes of a part.
    public static let least = 256

    /// The load from which on more is asked.
    public static let ordinaryLoad = 1024

    /// The secret offset of an hour that is over, from 0.
    public static let offsets = 0...511

    /// The hours before that weigh together.
    public static let hours = 24

    /// All of them together weigh so many times less than the hour before alone.
    public static let hoursShare = 12
}
