import IntakeConsole
import IntakeStore
import SealedIntake

/// From when a page is: it believes no older directory and no earlier hour.
///
/// Kept in a file of its own, because the page that the next directory lists must stay the same
/// after that directory is in force.
///
/// ```text
/// serial 3
/// day 2026-06-02
/// ```
struct PageOrigin {
    /// The serial of the directory that was in force; 0 where there was none.
    let serial: UInt64
    /// The day.
    let day: Day

    /// A page made on a day.
    init(serial: UInt64, day: Day) {
        self.serial = serial
        self.day = day
    }

    /// Reads the file.
    /// - Throws: ``CommandError`` where it is missing or not in its form.
    init(in folder: DataFolder) throws {
        guard let file = try folder.contents(of: folder.pageOrigin) else {
            throw CommandError(
                "no page.made in \"\(folder.name)\", it must be restored or made by page --renew"
            )
        }
        let lines = String(utf8: file).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        guard lines.count == 3, lines[2].isEmpty, lines[0].hasPrefix("serial "),
            lines[1].hasPrefix("day "),
            let serial = Decimal.decode([UInt8](lines[0].dropFirst(7).utf8)),
            let day = Day(text: [UInt8](lines[1].dropFirst(4).utf8))
        else { throw CommandError("page.made cannot be read, it must be a serial and a day") }
        self.serial = serial
        self.day = day
    }

    /// Writes the file.
    func write(in folder: DataFolder) throws {
        let file = "serial \(serial)\nday \(day.description)\n"
        try PlainFile.replace(folder.pageOrigin, with: [UInt8](file.utf8), mode: 0o644)
    }
}
