import IntakeConsole
import SealedIntake

/// A built tree, walked by answers as people type them.
public struct TypedWalk: Sendable {
    /// The tree.
    public let tree: DecisionTree

    /// Reads a built `wegwijzer.tree`.
    /// - Throws: ``TypedWalkError``.
    public init(path: String) throws(TypedWalkError) {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try PlainFile.contents(of: path, most: TreeFolder.mostBytes)
        } catch {
            let isFolder = (try? FileKind(at: path)) == .folder
            throw .init(error.clause, isFolder ? "give the wegwijzer.tree that lies in it" : nil)
        }
        do throws(DecisionTreeError) {
            tree = try DecisionTree(bytes: bytes)
        } catch {
            let line = if case .badLine(let line) = error { ": line \(line)" } else { "" }
            let hint = "intake-admin tree build writes it"
            throw .init("\"\(path)\" is not to be walked: \(error.clause)\(line)", hint)
        }
    }

    /// Walks it.
    /// - Parameters:
    ///   - answers: `QUESTION=ANSWER`, in any order.
    ///   - facts: `FACT=VALUE`, what a desk would set.
    ///   - day: The day on which duties must hold.
    /// - Returns: What the answers come to.
    /// - Throws: ``TypedWalkError``, naming the word that does not fit.
    public func walk(
        _ answers: [String],
        setting facts: [String] = [],
        on day: Day
    ) throws(TypedWalkError) -> Walk {
        var chosen: [Answer] = []
        for word in answers { chosen.append(try answer(word)) }
        var set: [Fact] = []
        for word in facts { set.append(try fact(word)) }
        do throws(WalkError) {
            return try tree.walk(chosen, adding: set, on: day)
        } catch {
            throw fault(error, chosen, day)
        }
    }

    private func answer(_ word: String) throws(TypedWalkError) -> Answer {
        guard let typed = Answer.list([UInt8](word.utf8) + [0x0A]), typed.count == 1 else {
            throw .init("\"\(word)\" is no answer, it must be QUESTION=ANSWER")
        }
        let parts = [text(typed[0].question), text(typed[0].answer)]
        let questions = tree.nodes.filter(\.isQuestion)
        guard let question = questions.first(where: { text($0.id) == parts[0] }) else {
            throw .init(
                "\"\(parts[0])\" is no question of the tree",
                meant(parts[0], among: questions.map { text($0.id) })
            )
        }
        guard question.answers.contains(where: { text($0.id) == parts[1] }) else {
            let answers = question.answers.map { text($0.id) }
            throw .init(
                "\"\(parts[1])\" is no answer to \"\(parts[0])\", it must be one of "
                    + answers.joined(separator: ", "),
                meant(parts[1], among: answers)
            )
        }
        return typed[0]
    }

    private func fact(_ word: String) throws(TypedWalkError) -> Fact {
        guard let fact = Fact([UInt8](word.utf8)) else {
            throw .init("\"\(word)\" is no fact, it must be FACT=VALUE")
        }
        let names = tree.deskFacts.map { text($0.name) }
        guard let known = tree.deskFacts.first(where: { $0.name == fact.name }) else {
            throw .init(
                "\"\(text(fact.name))\" is no fact that a desk sets, it must be one of "
                    + names.joined(separator: ", "),
                meant(text(fact.name), among: names)
            )
        }
        guard known.values.isEmpty || known.values.contains(fact.value) else {
            let values = known.values.map(text)
            throw .init(
                "\"\(text(fact.value))\" is no value of \"\(text(fact.name))\", it must be one of "
                    + values.joined(separator: ", "),
                meant(text(fact.value), among: values)
            )
        }
        return fact
    }

    /// The refusal of the engine, with the question that it is about.
    private func fault(_ error: WalkError, _ answers: [Answer], _ day: Day) -> TypedWalkError {
        switch error {
        case .twoAnswers:
            let twice = answers.indices.first { index in
                answers[..<index].contains { $0.question == answers[index].question }
            }
            let name = twice.map { text(answers[$0].question) } ?? ""
            return .init("\"\(name)\" has the same answer twice or two, it must have one")
        case .notAsked:
            for node in tree.nodes where answers.contains(where: { $0.question == node.id }) {
                let before = tree.nodes.prefix { $0.id != node.id }.map(\.id)
                let known = answers.filter { before.contains($0.question) }
                guard let walk = try? tree.walk(known, on: day) else { continue }
                let asked = walk.questions.map { tree.nodes[$0].id }
                guard !asked.contains(node.id) else { continue }
                let open = walk.open.map { text(tree.nodes[$0].id) }
                return .init(
                    "\"\(text(node.id))\" was answered, but nothing led to it",
                    open.map { "the answers before it lead to \"\($0)\"" }
                )
            }
            return .init(text(error))
        case .unknownAnswer, .unknownFact: return .init(text(error))
        }
    }

    private func meant(_ word: String, among names: [String]) -> String? {
        EditDistance.nearest(to: word, among: names).map { "did you mean \"\($0)\"?" }
    }

    private func text(_ error: WalkError) -> String { error.clause }

    private func text(_ word: [UInt8]) -> String { String(utf8: word) }
}
