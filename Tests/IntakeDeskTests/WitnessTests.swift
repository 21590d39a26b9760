import IntakeConsole
import Stage
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// What other desks cosigned, held against the leaves of this one.
@Suite struct WitnessTests {
    let setting: TestDesk
    let helpdesk = PaperOrganisation.neighbour("helpdesk")
    let ministry = PaperOrganisation.neighbour("nl-ocw")

    /// A log of three days; the helpdesk's signature under the first is logged on the second.
    init() throws {
        setting = try TestDesk()
        let sent = setting.reporter().send("help", to: setting.key())
        setting.server.close(TestDesk.today, directory: directory, sent: [sent])
        setting.server.append(try helpdesk.acknowledgement(setting.server, of: 3))
        setting.server.close(TestDesk.today.adding(1))
    }

    private var directory: SignedNote { setting.directory(besides: [helpdesk, ministry]) }

    private func take(
        _ witnesses: [SignedNote],
        from: Int = 0
    ) throws -> ImportOutcome {
        try setting.take(
            try setting.server.bundle(from: from, witnesses: witnesses),
            directory: directory
        )
    }

    private var alarm: Alarm {
        .witnessMissing(organisation: helpdesk.id, name: "Buren (helpdesk)", size: 3)
    }

    @Test func `a witness as new as the log says raises nothing, a newer one neither`() throws {
        let whole = setting.server.leaves.count
        for size in [3, 4, whole] {
            let fresh = try WitnessTests()
            let outcome = try fresh.take([
                try fresh.helpdesk.witness(fresh.setting.server, of: size)
            ])
            #expect(outcome.alarms.isEmpty, "\(size)")
            #expect(outcome.cosigned == UInt64(whole))
        }
    }

    @Test func `an organisation that never acknowledged needs no witness`() throws {
        let outcome = try take([try helpdesk.witness(setting.server, of: 3)])
        #expect(outcome.alarms.isEmpty)
        #expect(outcome.messages == 1)
    }

    @Test func `a missing witness is alarmed and nothing is cosigned until it comes`() throws {
        let outcome = try take([])
        #expect(outcome.alarms == [alarm])
        #expect(!alarm.isLasting)
        #expect(outcome.messages == 1)
        #expect(outcome.cosigned == 0)
        #expect(try setting.desk.alarms(today: TestDesk.today) == [alarm])
        #expect(try setting.export().bundle.acknowledgement == .none)
        let later = try take([try helpdesk.witness(setting.server, of: 3)], from: 5)
        #expect(later.alarms.isEmpty)
        #expect(later.cosigned == 5)
        #expect(try setting.desk.alarms(today: TestDesk.today).isEmpty)
    }

    @Test func `what was seen once needs not be shown again`() throws {
        _ = try take([try helpdesk.witness(setting.server, of: 3)])
        setting.server.close(TestDesk.today.adding(2))
        #expect(try take([]).cosigned == 6)
        setting.server.append(try helpdesk.acknowledgement(setting.server, of: 6))
        setting.server.close(TestDesk.today.adding(3))
        let outcome = try take([])
        #expect(
            outcome.alarms == [
                .witnessMissing(organisation: helpdesk.id, name: "Buren (helpdesk)", size: 6)
            ]
        )
        #expect(outcome.cosigned == 6)
    }

    @Test func `an acknowledgement that goes back asks for no less`() throws {
        setting.server.append(try helpdesk.acknowledgement(setting.server, of: 1))
        setting.server.close(TestDesk.today.adding(2))
        #expect(try take([try helpdesk.witness(setting.server, of: 2)]).alarms == [alarm])
        #expect(try take([try helpdesk.witness(setting.server, of: 3)]).alarms.isEmpty)
    }

    @Test func `a witness that shows too little counts as missing`() throws {
        let server = setting.server
        let stranger = PaperOrganisation.neighbour("helpdesk")
        let unsigned = helpdesk.signer.cosigning(
            NoteSigner(name: server.log.name, pair: .random())
                .note(try server.checkpoint().note.text),
            day: TestDesk.today
        )
        let whole = try helpdesk.witness(server)
        let broken = whole.signatures.map { line in
            var blob = line.blob
            blob[20] ^= 1
            return SignedNote.Signature(name: line.name, blob: blob)
        }
        let witnesses = [
            try helpdesk.witness(server, of: 2), try stranger.witness(server),
            try ministry.witness(server), try server.checkpoint().note, unsigned,
            SignedNote(text: whole.text, signatures: [whole.signatures[0], broken[1]]),
            SignedNote(text: whole.text, signatures: [broken[0], whole.signatures[1]]),
        ]
        for witness in witnesses {
            let outcome = try take([witness])
            #expect(outcome.alarms == [alarm])
            #expect(outcome.cosigned == 0)
        }
    }

    @Test func `a witness beyond the bundle's end counts as missing`() throws {
        let server = setting.server
        server.close(TestDesk.today.adding(2))
        let outcome = try setting.take(
            try server.bundle(to: 5, witnesses: [try helpdesk.witness(server, of: 6)]),
            directory: directory
        )
        #expect(outcome.alarms == [alarm])
    }

    @Test func `an organisation outside the directory holds up nobody`() throws {
        let outcome = try setting.take(
            try setting.server.bundle(),
            directory: setting.directory(besides: [ministry])
        )
        #expect(!outcome.alarms.contains(alarm))
        #expect(outcome.cosigned == 5)
    }

    @Test func `a desk that begins later believes a signature from before its first leaf`() throws {
        let bundle = try setting.server.bundle(
            from: 3,
            witnesses: [try helpdesk.witness(setting.server, of: 2)]
        )
        let options = try setting.take(bundle, directory: directory, acceptedStart: 3)
        #expect(options.alarms == [alarm])
        let enough = try setting.server.bundle(
            from: 4,
            witnesses: [try helpdesk.witness(setting.server, of: 3)]
        )
        #expect(try setting.take(enough).cosigned == 5)
    }

    @Test func `another desk that saw another log refuses the file, with the proof`() throws {
        let liar = setting.server.twin(until: 1)
        liar.close(TestDesk.today)
        liar.close(TestDesk.today.adding(1))
        let other = try helpdesk.witness(liar, of: 3)
        _ = try setting.take(
            try setting.server.bundle(to: 3),
            directory: directory
        )
        let before = try setting.contents()
        let bundle = try setting.server.bundle(witnesses: [other])
        let refusal = #expect(throws: ContainerError.self) { try setting.take(bundle) }
        let proof = try #require(try setting.proofs().first)
        #expect(try setting.proofs().count == 1)
        let path = setting.folder.file(proof.key)
        #expect(refusal == .witnessDiffers(size: 3, proof: path))
        #expect(try setting.contents() == before)
        let file = try Contradiction(bytes: proof.value)
        try file.verify(
            origin: setting.server.log.name,
            logKeys: [setting.server.log.verifierKey]
        )
        #expect(file.older == other)
        #expect(
            try setting.desk.alarms(today: TestDesk.today)
                == [.contradiction(file: path, older: 3, newer: 5)]
        )
        #expect(
            try setting.desk.journal().entries.suffix(2).map(\.kind) == [.contradiction, .refused]
        )
    }
}
