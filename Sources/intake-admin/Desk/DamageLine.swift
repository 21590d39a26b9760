import IntakeConsole

/// What a person is told where cells of the vault do not open: the rest is shown all the same.
enum DamageLine {
    /// Nothing where all open.
    static func lines(cells: Int) -> [String] {
        guard cells > 0 else { return [] }
        let found =
            "\(counted(cells, "cell")) of the vault \(cells == 1 ? "does" : "do") not open, what "
            + "stood there is missing here: intake-admin check names it"
        return TextWrap.lines(found, width: Terminal.width)
    }
}
