import SealedIntake

extension LogRun {
    /// Whether these are all leaves of that month, from its first on.
    ///
    /// Every day is closed, so a month that the log did not begin in begins with a directory and
    /// closes its first day: without this, a month could be shown without its beginning, and what
    /// stands there would seem never to have come.
    func isWhole(_ month: Month) -> Bool {
        let days = leaves.compactMap { $0.day }
        guard days.allSatisfy({ $0.month == month }) else { return false }
        return first == 0 || leaves.first?.type == .directory && days.first == month.first
    }
}
