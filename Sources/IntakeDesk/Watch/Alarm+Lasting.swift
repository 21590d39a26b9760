import SealedIntake

/// The alarms that stay: each says whose doing it can be, and who must do what.
extension Alarm {
    /// What happened and what to do, or nothing for the alarms that pass.
    var lasting: String {
        ofDirectories ?? ofThisDesk.map { $0 + Self.askAboutCopies }
            ?? ofServer.map { $0 + Self.callAboutServer } ?? ""
    }

    /// Behind what nobody can have done but the server.
    private static let callAboutServer =
        " Nobody but the server can have done this: keep the stick and call the people of the "
        + "directory roots, who must ask the operator about it."

    /// Behind what another copy of the vault explains as well.
    private static let askAboutCopies =
        " A second copy of this vault does the same, on another machine or put back from a backup: "
        + "ask everybody who works here whether there is one. If so, use one of them only, and say "
        + "it to the people of the directory roots. If there is none, nobody but the server can "
        + "have done this: keep the stick and call them; they must ask the operator about it."

    static func unproven(_ serial: UInt64, _ leaf: UInt64, _ isSuperseded: Bool) -> String {
        let newer = isSuperseded ? ", and it never came whole though a newer one did" : ""
        return "The signatures under directory \(serial) in the log (leaf \(leaf)) do not hold"
            + "\(newer): it was damaged on the way, or the people of the directory roots never "
            + "signed it. Ask the operator for intake-server export --from \(leaf) and import "
            + "that: where it comes whole, this is over. If not, keep both sticks and call the "
            + "people of the roots, who must say whether they signed a directory \(serial). If they "
            + "did not, the server logged a false one."
    }

    /// What directories of the log show.
    private var ofDirectories: String? {
        switch self {
        case .directoryMissing(let serial, let leaf):
            "Directory \(serial) is in the log (leaf \(leaf)) but was not on the stick: the server "
                + "left it out. The operator must bring it: intake-server export --from \(leaf). "
                + "If it is not on that stick either, keep both and call the people of the "
                + "directory roots, who must say whether they signed a directory \(serial)."
        case .directoryRefused(let serial, let leaf):
            "What the log has as directory \(serial) (leaf \(leaf)) is no directory of this "
                + "deployment with that number; this desk keeps the one it trusts."
                + Self.callAboutServer
        case .directoryContradicts(let serial, let leaf):
            "The log has another directory with serial \(serial) (leaf \(leaf)) than the one this "
                + "desk trusts, and the roots signed both: one of them made a mistake, or somebody "
                + "has their keys. Keep the stick and call each of the people of the directory "
                + "roots, who must say which of the two they signed. If all signed both, they must "
                + "sign one with a higher serial; if one of them did not, that key is stolen, and "
                + "the roots must be made anew."
        case .directoryFell(let serial, let before, let leaf):
            "The log went back from directory \(before) to directory \(serial) (leaf \(leaf)). A "
                + "server must refuse the lower one, also where the roots signed it by mistake."
                + Self.callAboutServer + " Until then the people of the roots must sign one that "
                + "is higher than both."
        default: nil
        }
    }

    /// What the server did, or another copy of this desk's vault.
    private var ofThisDesk: String? {
        switch self {
        case .acknowledgementFell(let size, let before, let leaf):
            "The log went back from this desk's acknowledgement of \(before) leaves to "
                + "\(size) (leaf \(leaf))."
        case .acknowledgementNotGiven(let size, let leaf):
            "The log says that this desk put its name under \(size) leaves (leaf \(leaf)), and "
                + "this vault did not. Reports may look picked up that are not."
        case .sentWithheld(let count, let size, let leaf):
            "The server logged this desk's signature under \(size) leaves (leaf \(leaf)) "
                + "but kept back \(count) of the replies and other envelopes from the same "
                + "stick. They go along with each export until they are there."
        case .replySwapped(let number, let leaf):
            "The log has something else in the place of this desk's reply \(number + 1) "
                + "(leaf \(leaf)), and not for the first time. It is written once more."
        case .withdrawalNotAsked(let leaf):
            "The log says that this desk withdrew one of its replies (leaf \(leaf)), so "
                + "nobody can read it any more, and nobody asked this vault for that. Write it "
                + "again, unless it was withdrawn with another copy."
        default: nil
        }
    }

    /// What only the server can have done.
    private var ofServer: String? {
        switch self {
        case .dayFell(let day, let before, let leaf):
            "The days of the log went back from \(before.description) to \(day.description) "
                + "(leaf \(leaf))."
        case .contradiction(let file, let older, let newer):
            "The server signed two logs that cannot both be true, "
                + (older == newer
                    ? "both of \(older) leaves. "
                    : "of \(older) and of \(newer) leaves. ")
                + "The proof is the file \(file): copy it to a stick of its own, and take no "
                + "stick of this server until the people of the roots say so."
        default: nil
        }
    }
}
