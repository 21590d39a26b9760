import SealedIntake

/// The questions of the tree as a form that is never sent.
///
/// There is no form element: a browser sends a form when somebody presses Enter in it.
struct QuestionMarkup {
    private let tree: DecisionTree
    private let wording: TreeWording
    private let isNumbered: Bool

    /// Numbered, a question is called 4 and its first answer 4.1, whatever is asked before.
    init(_ tree: DecisionTree, _ wording: TreeWording, isNumbered: Bool = false) {
        self.tree = tree
        self.wording = wording
        self.isNumbered = isNumbered
    }

    /// All questions in the order asked.
    func html() throws -> String {
        var number = 0
        return try tree.nodes.indices.filter { tree.nodes[$0].isQuestion }.map { index in
            number += 1
            return try question(index, number)
        }.joined(separator: "\n")
    }

    private func question(_ index: Int, _ number: Int) throws -> String {
        let node = tree.nodes[index]
        let id = String(utf8: node.id)
        let hint = wording.optional("question.\(id).hint")
        let answers = try node.answers.enumerated().map { place, answer in
            try self.answer(
                answer,
                of: id,
                isMany: node.isMany,
                number: mark("\(number).\(place + 1)")
            )
        }
        return """
            <div class="q" id="q\(index)" data-q="\(id)"><fieldset>
            <legend><h2>\(mark("\(number)"))\(try wording.text("question.\(id).text"))</h2>\
            </legend>
            \(hint.map { "<p class=\"hint\">\($0)</p>" } ?? "")
            <p class="fielderror"></p>
            <div class="choices">
            \(answers.joined(separator: "\n"))
            </div></fieldset></div>
            """
    }

    private func answer(
        _ answer: TreeAnswer,
        of question: String,
        isMany: Bool,
        number: String
    ) throws -> String {
        let id = String(utf8: answer.id)
        let kind = isMany ? "checkbox" : "radio"
        let danger = isDanger(answer.target) ? " data-danger" : ""
        let staff = tree.isOfStaff(answer) ? " data-staff" : ""
        return "<label class=\"choice\"><input type=\"\(kind)\" name=\"\(question)\" "
            + "value=\"\(id)\" autocomplete=\"off\"\(danger)\(staff)>"
            + "\(number)<span>\(try wording.text("answer.\(question).\(id)"))</span></label>"
    }

    private func mark(_ number: String) -> String {
        isNumbered ? "<b class=\"nr\">\(number)</b> " : ""
    }

    private func isDanger(_ target: TreeTarget) -> Bool {
        if case .outcome(let end) = target { return tree.outcomes[end].kind == .danger }
        return false
    }
}
