import IntakeDesk
import SealedIntake

/// How a message came and what it does, in plain words.
enum MessageWords {
    /// What a person must know before reading the text, each note a sentence in brackets.
    static func notes(on message: ThreadView.Message, in view: ThreadView) -> [String] {
        let way =
            switch message.source {
            case .written: String?.none
            case .released(let other):
                "written to \(view.names.name(of: other)), which did not collect it; "
                    + "released to us by its reporter on \(message.day.description)"
            case .transferred(let other):
                "transferred by \(view.names.name(of: other)), with the reporter's consent"
            }
        return [way, meaning(of: message, in: view)].compactMap { $0.map { "[\($0)]" } }
    }

    /// What a consent or release does; one that was written to another organisation does nothing.
    private static func meaning(
        of message: ThreadView.Message,
        in view: ThreadView
    ) -> String? {
        let isForUs = message.source == .written
        if let keys = message.message.transferKeys {
            let other = view.names.name(of: keys.organisation)
            return "the reporter agrees that this is transferred to \(other)"
                + (isForUs ? "" : "; that agreement was given to another organisation")
        }
        guard let release = message.message.release else { return nil }
        let what = "the reporter opens a message written to \(view.names.name(of: release.from))"
        guard isForUs else { return what + "; that was meant for another organisation" }
        switch message.opened {
        case view.summary.thread?: return what + "; it stands in this thread"
        case let thread?: return what + "; it stands in thread \(thread)"
        case nil:
            return what + "; it is not here yet and will open by itself when a stick brings it"
        }
    }
}
