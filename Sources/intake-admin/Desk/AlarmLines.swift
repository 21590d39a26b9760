import IntakeConsole
import IntakeDesk

/// Alarms as lines for a screen, the most urgent thing on it.
enum AlarmLines {
    /// Each alarm, wrapped, behind its heading, with an empty line before it.
    static func lines(_ alarms: [Alarm]) -> [String] {
        alarms.flatMap { alarm in
            [""]
                + TextWrap.lines("\(alarm.heading): \(alarm.text)", width: Terminal.width).map {
                    TextTable.emphasised($0, .urgent, colours: Terminal.hasColours)
                }
        }
    }
}
