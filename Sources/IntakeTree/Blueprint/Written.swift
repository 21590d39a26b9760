import Yams

/// What stands in a YAML file, each value with its place.
indirect enum Written {
    case word(Word)
    case list([Written], SourcePosition)
    case map([Field], SourcePosition)

    /// A key and its value.
    struct Field {
        let key: Word
        let value: Written
    }

    var position: SourcePosition {
        switch self {
        case .word(let word): word.position
        case .list(_, let position), .map(_, let position): position
        }
    }

    var isNull: Bool {
        if case .word(let word) = self { word.isNull } else { false }
    }

    /// Reads a file; what is wrong is told with its place.
    static func read(_ text: String, file: String, _ findings: TreeFindings) -> Written? {
        let start = SourcePosition(file: file, line: 1, column: 1)
        do {
            guard let node = try Yams.compose(yaml: text) else {
                findings.error("the file is empty, it must be a YAML map", at: start)
                return nil
            }
            return Written(node, file: file, fallback: start, findings)
        } catch let error as YamlError {
            let (clause, mark) = told(error)
            let position = mark.map {
                SourcePosition(file: file, line: $0.line, column: max(1, $0.column))
            }
            findings.error(clause, at: position ?? start)
        } catch {
            findings.error("the file is no YAML, it must be", at: start)
        }
        return nil
    }

    private static func told(_ error: YamlError) -> (String, Mark?) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            ("\(problem), it must be YAML", mark)
        case .duplicatedKeysInMapping(let keys, let context):
            (
                "the key \"\(keys.sorted().joined(separator: "\", \""))\" stands twice in a map, "
                    + "it must stand once",
                context.mark
            )
        default: ("the file is no YAML, it must be", nil)
        }
    }

    private init(
        _ node: Node,
        file: String,
        fallback: SourcePosition,
        _ findings: TreeFindings
    ) {
        let position =
            node.mark.map { SourcePosition(file: file, line: $0.line, column: $0.column) }
            ?? fallback
        func inner(_ node: Node) -> Written {
            Written(node, file: file, fallback: position, findings)
        }
        switch node {
        case .scalar(let scalar):
            let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
            self = .word(Word(text: scalar.string, position: position, isNull: isNull))
        case .sequence(let sequence):
            self = .list(sequence.map(inner), position)
        case .mapping(let mapping):
            var fields: [Field] = []
            for (key, value) in mapping {
                guard case .word(let word) = inner(key) else {
                    findings.error("a key is no word, it must be one", at: position)
                    continue
                }
                if fields.contains(where: { $0.key.text == word.text }) {
                    let clause = "the key \"\(word.text)\" stands twice, it must stand once"
                    findings.error(clause, at: word.position)
                }
                fields.append(Field(key: word, value: inner(value)))
            }
            self = .map(fields, position)
        case .alias:
            findings.error("an alias stands here, it must be written out", at: position)
            self = .list([], position)
        }
    }
}
