/// Draws a tree for reviewers: columns by the longest way down, boxes sorted by what leads to them.
public struct TreeDrawing {
    private static let gap = 110
    private static let space = 18
    private static let margin = 70

    private var boxes: [DrawnBox] = []
    private let language: String
    private let summary: String

    /// Lays the tree out, unless it has errors or the language is not there.
    /// - Parameters:
    ///   - compilation: A tree without errors.
    ///   - language: The language of the texts.
    public init?(_ compilation: TreeCompilation, language: String) {
        guard !compilation.files.isEmpty,
            let texts = compilation.blueprint.texts.first(where: { $0.language == language })
        else { return nil }
        self.language = language
        let counts = compilation.counts
        summary =
            "\(counts.nodes) questions and rules, \(counts.outcomes) outcomes, "
            + "tree \(compilation.hash)"
        boxes = Self.boxes(compilation.blueprint, texts.lines)
        setColumns()
        setPlaces()
    }

    /// The drawing, plain SVG.
    public var svg: String {
        let columns = (boxes.map(\.column).max() ?? 0) + 1
        let width = columns * (DrawnBox.width + Self.gap) - Self.gap + 2 * 24
        let height = (boxes.map { $0.top + $0.height }.max() ?? 0) + 24
        let head = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" "
                + "width=\"\(width)\" height=\"\(height)\" lang=\"\(language)\" role=\"img\" "
                + "aria-labelledby=\"title desc\" font-family=\"sans-serif\" font-size=\"13\">",
            "<title id=\"title\">Wegwijzer</title>",
            "<desc id=\"desc\">\(Template.escaped(summary))</desc>",
            "<rect width=\"\(width)\" height=\"\(height)\" fill=\"#fff\"/>",
            "<text x=\"24\" y=\"36\" font-size=\"18\">\(Template.escaped(summary))</text>",
        ]
        let lines = head + boxes.flatMap(edges) + boxes.flatMap(drawn) + ["</svg>"]
        return lines.map { $0 + "\n" }.joined()
    }

    private static func boxes(
        _ blueprint: TreeBlueprint,
        _ texts: [String: Word]
    ) -> [DrawnBox] {
        let nodes = blueprint.nodes.map { node in
            let id = node.id.text
            let text = texts["question.\(id).text"]?.text ?? "(no question: a rule)"
            let more = node.isMany ? " (several)" : ""
            let answers = node.answers.map { answer in
                let target = answer.target?.text ?? ""
                let said = texts["answer.\(id).\(answer.id.text)"]?.text ?? answer.id.text
                return DrawnBox.Row(lines: DrawnBox.lines("\(said) → \(target)"), target: target)
            }
            let cases = node.cases.map { one in
                let lists = one.condition.alternatives.map { terms in
                    terms.isEmpty ? "otherwise" : terms.map(\.text).joined(separator: " and ")
                }
                let said = lists.joined(separator: " or ") + " → " + one.target.text
                return DrawnBox.Row(lines: DrawnBox.lines(said), target: one.target.text)
            }
            let head = DrawnBox.lines("\(id): \(text)\(more)")
            let kind = node.isRule ? "rule" : "question"
            return DrawnBox(id: id, kind: kind, head: head, rows: answers + cases)
        }
        let outcomes = blueprint.outcomes.map { outcome in
            let title = texts["outcome.\(outcome.id.text).title"]?.text ?? ""
            var names: [String] = []
            for (block, label) in [("first", "first"), ("place", "places"), ("also", "also")] {
                var ids: [String] = []
                for place in outcome.places[block] ?? [] where !ids.contains(place.id.text) {
                    ids.append(place.id.text)
                }
                if !ids.isEmpty {
                    names += DrawnBox.lines("\(label): " + ids.joined(separator: ", "))
                }
            }
            let head = DrawnBox.lines("\(outcome.id.text): \(title)")
            return DrawnBox(id: outcome.id.text, kind: outcome.kind, head: head + names, rows: [])
        }
        return nodes + outcomes
    }

    /// A box stands one column after the last that leads to it.
    private mutating func setColumns() {
        for index in boxes.indices {
            for row in boxes[index].rows {
                for other in boxes.indices where boxes[other].id == row.target {
                    boxes[other].column = max(boxes[other].column, boxes[index].column + 1)
                }
            }
        }
    }

    /// Within a column the order is that of the middle of what leads there.
    private mutating func setPlaces() {
        for column in 0...(boxes.map(\.column).max() ?? 0) {
            let here = boxes.indices.filter { boxes[$0].column == column }
            let order = here.map { ($0, pull(boxes[$0])) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
            var top = Self.margin
            for (index, _) in order {
                boxes[index].top = top
                top += boxes[index].height + Self.space
            }
        }
    }

    private func pull(_ box: DrawnBox) -> Int {
        var places: [Int] = []
        for other in boxes where other.column < box.column {
            for (number, row) in other.rows.enumerated() where row.target == box.id {
                places.append(other.top + other.middle(ofRow: number))
            }
        }
        return places.isEmpty ? 0 : places.reduce(0, +) / places.count
    }

    private func left(_ box: DrawnBox) -> Int { 24 + box.column * (DrawnBox.width + Self.gap) }

    private func edges(_ box: DrawnBox) -> [String] {
        box.rows.enumerated().compactMap { number, row in
            guard let target = boxes.first(where: { $0.id == row.target }) else { return nil }
            let (fromX, fromY) = (left(box) + DrawnBox.width, box.top + box.middle(ofRow: number))
            let (toX, toY) = (left(target), target.top + 16)
            return "<path d=\"M\(fromX) \(fromY)C\(fromX + 60) \(fromY) \(toX - 60) \(toY) "
                + "\(toX) \(toY)\" fill=\"none\" stroke=\"#7c8a86\" stroke-opacity=\".6\"/>"
        }
    }

    private func drawn(_ box: DrawnBox) -> [String] {
        let fills = ["danger": "#fcebe9", "help": "#fff1d6", "settled": "#e3efec", "rule": "#eee"]
        let x = left(box)
        var lines = [
            "<g><title>\(Template.escaped(box.head.joined(separator: " ")))</title>",
            "<rect x=\"\(x)\" y=\"\(box.top)\" width=\"\(DrawnBox.width)\" "
                + "height=\"\(box.height)\" rx=\"8\" fill=\"\(fills[box.kind] ?? "#fff")\" "
                + "stroke=\"#20302e\"/>",
        ]
        var y = box.top + 20
        for line in box.head {
            lines.append(text(line, x + 10, y, isBold: true))
            y += DrawnBox.lineHeight
        }
        for row in box.rows {
            y += 8
            for line in row.lines {
                lines.append(text(line, x + 20, y, isBold: false))
                y += DrawnBox.lineHeight
            }
        }
        return lines + ["</g>"]
    }

    private func text(_ line: String, _ x: Int, _ y: Int, isBold: Bool) -> String {
        let weight = isBold ? " font-weight=\"bold\"" : ""
        return "<text x=\"\(x)\" y=\"\(y)\"\(weight)>\(Template.escaped(line))</text>"
    }
}
