/// Collects all that is wrong, so that people mend it in one go.
final class TreeFindings {
    private(set) var list: [TreeFinding] = []

    /// In the order of files and lines.
    var sorted: [TreeFinding] {
        list.sorted { one, other in
            (one.position.file, one.position.line, one.position.column)
                < (other.position.file, other.position.line, other.position.column)
        }
    }

    var hasErrors: Bool { list.contains { $0.weight == .error } }

    func error(_ clause: String, at position: SourcePosition, hint: String? = nil) {
        add(.error, clause, position, hint)
    }

    func warning(_ clause: String, at position: SourcePosition) {
        add(.warning, clause, position, nil)
    }

    /// Says that a name is not known, and which one is nearest.
    func unknown(_ what: String, _ word: Word, among names: some Sequence<String>) {
        let near = EditDistance.nearest(to: word.text, among: names)
        error(
            "\(what) \"\(word.text)\" is unknown, it must be one that is there",
            at: word.position,
            hint: near.map { "did you mean \"\($0)\"?" }
        )
    }

    private func add(
        _ weight: TreeFinding.Weight,
        _ clause: String,
        _ position: SourcePosition,
        _ hint: String?
    ) {
        let finding = TreeFinding(weight: weight, position: position, clause: clause, hint: hint)
        if !list.contains(finding) { list.append(finding) }
    }
}
