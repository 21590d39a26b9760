import Testing

@testable import IntakeDesk
@testable import IntakeStore
@testable import SealedIntake

/// A courier who does with the sticks whatever one can who holds no key.
struct DishonestCourier {
    let town: Town

    private var world: World { town.world }

    /// Tells one lie, and holds what became of it to what must.
    func tell(_ lie: CourierLie) async throws {
        town.news = world.store.publication.size
        let id = town.chance.pick(town.working)
        if case .alarm(let word) = lie.result { town.explained.insert(word) }
        let old = try old(lie, id)
        try await town.report(to: id)
        if lie == .damagesDirectory { try world.installDirectory() }
        try world.pass()
        if lie.isOutward {
            try town.carry(id)
            try town.answer(id)
            try tellOutward(lie, id, old)
        } else {
            try tellInward(lie, id, old)
        }
        guard !town.stopped.contains(id) else { return }
        try town.carry(id)
        if lie.isOutward { try world.pass() }
    }

    /// A stick of before.
    private func old(_ lie: CourierLie, _ id: OrganisationID) throws -> [UInt8] {
        let path = try lie.isOutward ? world.stickOut(id) : world.stickIn(id)
        return try bytes(path)
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        try world.folder.read(String(try #require(path.split(separator: "/").last)))
    }

    private func tellInward(_ lie: CourierLie, _ id: OrganisationID, _ old: [UInt8]) throws {
        let before = try town.state(of: id)
        let stick = try bytes(try world.stickIn(id))
        let found = try changed(stick, lie, id, old).map { try town.take($0, at: id) } ?? []
        switch lie.result {
        case .refused:
            #expect(found.count == 1 && found.allSatisfy(\.isRefusal), "\(lie), seed \(town.seed)")
            #expect(try town.state(of: id) == before, "\(lie), seed \(town.seed)")
        case .harmless: #expect(found == [], "\(lie), seed \(town.seed)")
        case .alarm(let word):
            #expect(found == [.alarm(word, lasting: false)], "\(lie), seed \(town.seed)")
            let log = try ForgedLog(of: world)
            let place = try #require(log.entries.lastIndex { $0.leaf.type == .directory })
            #expect(try town.take(try world.stickIn(id, from: UInt64(place)), at: id) == [])
        }
        if lie == .bringsTwice { #expect(try town.take(stick, at: id) == []) }
    }

    private func tellOutward(_ lie: CourierLie, _ id: OrganisationID, _ old: [UInt8]) throws {
        let before = try town.storeState()
        let stick = try bytes(try world.stickOut(id))
        let found = try changed(stick, lie, id, old).map(town.bring) ?? []
        switch lie.result {
        case .refused:
            #expect(found == [.storeRefuses], "\(lie), seed \(town.seed)")
            #expect(try town.storeState() == before, "\(lie), seed \(town.seed)")
        case .harmless, .alarm: #expect(found == [], "\(lie), seed \(town.seed)")
        }
        guard lie == .bringsOutTwice else { return }
        let once = try town.storeState()
        #expect(try town.bring(stick) == [])
        #expect(try town.storeState() == once)
    }

    /// The stick that arrives; nil where none does.
    private func changed(
        _ stick: [UInt8],
        _ lie: CourierLie,
        _ id: OrganisationID,
        _ old: [UInt8]
    ) throws -> [UInt8]? {
        switch lie {
        case .flipsBit, .flipsBitOut: return stick.flipped(&town.chance)
        case .cuts, .cutsOut: return stick.cut(&town.chance)
        case .lengthens, .lengthensOut: return stick.lengthened(&town.chance)
        case .bringsAnothers:
            let other = try #require(world.ids.first { $0 != id })
            return try bytes(try world.stickIn(other))
        case .swapsOuts:
            let other = try #require(town.working.first { $0 != id } ?? id)
            return try bytes(try world.stickOut(other))
        case .bringsOutAsIn: return try bytes(try world.stickOut(id))
        case .bringsInAsOut: return try bytes(try world.stickIn(id))
        case .addsBadLine, .addsBadLineOut: return try withBadLine(stick, id, lie)
        case .addsLines, .addsLinesOut: return try withLines(stick, id)
        case .bringsOld, .bringsOldOut: return old
        case .bringsTwice, .bringsOutTwice: return stick
        case .loses, .losesOut: return nil
        case .damagesDirectory: return try withDamagedDirectory(stick)
        }
    }

    /// A line in the name of a key that the reader knows, of either note.
    private func withBadLine(
        _ stick: [UInt8],
        _ id: OrganisationID,
        _ lie: CourierLie
    ) throws -> [UInt8] {
        var parts = try StickBytes(stick)
        let desk = try #require(try world.directory.organisation(id)?.deskKeys.first)
        let place = town.chance.happens(onceIn: 2) ? 0 : 1
        let key: VerifierKey
        let length: Int
        switch (lie.isOutward, place) {
        case (false, _): (key, length) = (world.logKey.verifierKey, 64)
        case (true, 0): (key, length) = (desk.cosigner, 72)
        default: (key, length) = (desk, 64)
        }
        let blob = key.hash + town.chance.bytes(length)
        let line = SignedNote.Signature(name: key.name, blob: blob)
        let note = parts.notes[place]
        parts.notes[place] = note.merging(SignedNote(text: note.text, signatures: [line]))
        return parts.bytes
    }

    /// Lines of strangers, and of other desks under what they did not sign.
    private func withLines(_ stick: [UInt8], _ id: OrganisationID) throws -> [UInt8] {
        var parts = try StickBytes(stick)
        let count = town.chance.pick([1, 5, 200])
        parts.add(
            (0..<count).map { _ in
                SignedNote.Signature(
                    name: ascii("vreemd.example"),
                    blob: town.chance.bytes(Int.random(in: 5...80, using: &town.chance))
                )
            }
        )
        return parts.bytes
    }

    /// One sign of a root's signature is another; the text, and so the digest, is the same.
    private func withDamagedDirectory(_ stick: [UInt8]) throws -> [UInt8] {
        let note = try #require(world.store.publication.directory).note
        let signature = try #require(note.signatures.first)
        let encoded = Base64.encode(signature.blob)
        let place = try #require(
            stick.indices.first { stick[$0...].starts(with: encoded) }
        )
        var damaged = stick
        let sign = place + 20
        damaged[sign] = damaged[sign] == 0x41 ? 0x42 : 0x41
        return damaged
    }
}

extension CourierLie {
    /// Whether it is told on the way to the server.
    var isOutward: Bool {
        switch self {
        case .flipsBitOut, .cutsOut, .lengthensOut, .bringsInAsOut, .addsBadLineOut,
            .bringsOldOut, .bringsOutTwice, .swapsOuts, .losesOut, .addsLinesOut:
            true
        default: false
        }
    }
}

extension Catch {
    /// Whether a desk refused a stick whole, and proves nothing by it.
    var isRefusal: Bool {
        if case .refused(_, proof: false) = self { true } else { false }
    }
}
