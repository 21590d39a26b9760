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
    func html() throws -> Markup {
        var number = 0
        return try tree.nodes.indices.filter { tree.nodes[$0].isQuestion }.map { index -> Markup in
            number += 1
            return try question(index, number)
        }.joined(separator: "\n")
    }

    private func question(_ index: Int, _ number: Int) throws -> Markup {
        let node = tree.nodes[index]
        let id = String(utf8: node.id)
        let hint = wording.optional("question.\(id).hint")
        let answers = try node.answers.enumerated().map { place, answer in
            try self.answer(
                answer,
                of: node,
                number: mark("\(number).\(place + 1)")
            )
        }
        let text = try wording.text("question.\(id).text")
        let hinted: Markup = hint.map { "<p class=\"hint\">\($0)</p>" } ?? ""
        return """
            <div class="q" id="q\(index)" data-q="\(id)"><fieldset>
            <legend><h2>\(mark("\(number)"))\(text)</h2>\
            </legend>
            \(hinted)
            <p class="fielderror"></p>
            <div class="choices">
            \(answers.joined(separator: "\n"))
            </div></fieldset></div>
            """
    }

    private func answer(
        _ answer: TreeAnswer,
        of node: TreeNode,
        number: Markup
    ) throws -> Markup {
        let question = String(utf8: node.id)
        let id = String(utf8: answer.id)
        let kind = node.isMany ? "checkbox" : "radio"
        let marks = self.marks(of: answer, in: node).map { name -> Markup in " data-\(name)" }
            .joined()
        let text = try wording.text("answer.\(question).\(id)")
        return """
            <label class="choice"><input type="\(kind)" name="\(question)" value="\(id)" \
            autocomplete="off"\(marks)>\(number)<span>\(text)</span></label>
            """
    }

    /// What the script must know of an answer: so it names no answer itself.
    private func marks(of answer: TreeAnswer, in node: TreeNode) -> [String] {
        func isOneOf(_ ids: [[UInt8]], of question: [UInt8]) -> Bool {
            node.id == question && ids.contains(answer.id)
        }
        let isNotSaid = answer.id == TreeName.notSaid
        let mayBeDanger = node.answers.contains { isDanger($0.target) }
        let polite = TreeName.staff + TreeName.otherPolite
        return [
            ("danger", isDanger(answer.target)), ("unsaid", mayBeDanger && isNotSaid),
            ("staff", tree.isOfStaff(answer)), ("polite", isOneOf(polite, of: TreeName.role)),
            ("stuck", isOneOf([TreeName.stuck], of: TreeName.theme)),
            ("wrong", isOneOf([TreeName.inspectors], of: TreeName.asked)),
        ].filter(\.1).map(\.0)
    }

    private func mark(_ number: String) -> Markup {
        isNumbered ? "<b class=\"nr\">\(number)</b> " : ""
    }

    private func isDanger(_ target: TreeTarget) -> Bool {
        if case .outcome(let end) = target { return tree.outcomes[end].kind == .danger }
        return false
    }
}
