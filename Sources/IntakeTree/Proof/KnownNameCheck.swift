import SealedIntake

/// Checks that the tree has what code asks for by name.
struct KnownNameCheck {
    let blueprint: TreeBlueprint
    let findings: TreeFindings

    func check(_ names: [KnownName]) {
        for name in names where !has(name.thing) {
            findings.error("\(clause(name.thing)) \(name.asker)", at: place(name.thing))
        }
    }

    private func has(_ thing: KnownName.Thing) -> Bool {
        switch thing {
        case .question(let id): question(id) != nil
        case .answer(let id, let question):
            self.question(question)?.answers.contains { $0.id.text == text(id) } ?? false
        case .fact(let fact):
            blueprint.nodes.flatMap(\.answers).flatMap(\.facts).contains {
                $0.term.fact == text(fact.name) && $0.term.value == text(fact.value)
            }
        case .deskFact(let fact):
            blueprint.deskFacts.contains { name, values in
                name.text == text(fact.name) && values.map(\.text).contains(text(fact.value))
            }
        case .desk(let id):
            blueprint.duties.contains { $0.block == "desk" && $0.id.text == text(id) }
        case .number(let id):
            organisation(id)?.contacts.contains { $0.kind == "tel" && $0.isShown } ?? false
        }
    }

    private func clause(_ thing: KnownName.Thing) -> String {
        switch thing {
        case .question(let id): "there is no question \(text(id)), it must be there for"
        case .answer(let id, let question):
            "question \(text(question)) has no answer \"\(text(id))\", it must have one for"
        case .fact(let fact): "no answer gives \(text(fact.text)), one must for"
        case .deskFact(let fact): "a desk cannot set \(text(fact.text)), it must be able to for"
        case .desk(let id): "there is no rule \(text(id)) of the desk, it must be there for"
        case .number(let id):
            "organisation \(text(id)) has no telephone number that is shown, it must have one for"
        }
    }

    /// Where it is looked for: what it would stand in, or the beginning of its file.
    private func place(_ thing: KnownName.Thing) -> SourcePosition {
        let found: SourcePosition? =
            switch thing {
            case .answer(_, let question): self.question(question)?.id.position
            case .number(let id): organisation(id)?.id.position
            default: nil
            }
        let file =
            switch thing {
            case .question, .answer, .fact: "wegwijzer.yaml"
            case .deskFact, .desk: "duties.yaml"
            case .number: "organisations.yaml"
            }
        return found ?? SourcePosition(file: file, line: 1, column: 1)
    }

    private func question(_ id: [UInt8]) -> TreeBlueprint.Node? {
        blueprint.nodes.first { !$0.isRule && $0.id.text == text(id) }
    }

    private func organisation(_ id: [UInt8]) -> TreeBlueprint.Organisation? {
        blueprint.organisations.first { $0.id.text == text(id) }
    }

    private func text(_ bytes: [UInt8]) -> String { String(utf8: bytes) }
}
