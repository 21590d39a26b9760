import Foundation
import IntakeRoots
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Root keys in their files, under a passphrase.
@Suite struct RootKeyFileTests {
    let setting: TestDesk
    let path: String
    let vkey: String

    init() throws {
        setting = try TestDesk()
        path = setting.folder.file("anna")
        vkey = try RootKey.create(
            file: path,
            name: "anna.example",
            passphrase: TestDesk.passphrase(),
            cost: .least
        ).vkey
    }

    private func lines() throws -> [String] {
        String(utf8: try setting.folder.read("anna")).split(
            separator: "\n",
            omittingEmptySubsequences: false
        ).map(String.init)
    }

    @Test func `the file says whose key it is and how its passphrase becomes a key`() throws {
        let lines = try lines()
        #expect(lines.count == 5 && lines[4].isEmpty)
        #expect(lines[0] == "sealedintake/v1/root-key")
        #expect(lines[1] == vkey)
        #expect(lines[2].hasPrefix("argon2id 1 8192 "))
        #expect(Base64.decode(ascii(String(lines[2].dropFirst(16))))?.count == 16)
        #expect(Base64.decode(ascii(lines[3]))?.count == 72)
    }

    @Test func `its passphrase opens it, and what it signs is of the key printed`() throws {
        let key = try RootKeyFile(path: path).open(passphrase: TestDesk.passphrase())
        #expect(key.vkey == vkey)
        let note = key.signer.note(ascii("hello\n"))
        let listed = try VerifierKey(text: ascii(vkey))
        #expect(try note.signers(among: [listed]) == [listed])
    }

    @Test func `the seed stands nowhere in the file`() throws {
        let key = try RootKeyFile(path: path).open(passphrase: TestDesk.passphrase())
        let seed = key.signer.pair.exposedSeed
        let file = Data(try setting.folder.read("anna"))
        let cell = try #require(Base64.decode(ascii(try lines()[3])))
        for form in [seed, Base64.encode(seed), Hex.encode(seed)] {
            #expect(file.range(of: Data(form.prefix(16))) == nil)
            #expect(Data(cell).range(of: Data(form.prefix(16))) == nil)
        }
    }

    @Test func `another passphrase opens nothing and says so in one line`() throws {
        let file = try RootKeyFile(path: path)
        let error = #expect(throws: RootKeyError.self) {
            _ = try file.open(passphrase: TestDesk.passphrase("correct horse"))
        }
        #expect(error == .wrongPassphrase)
        #expect(
            error?.clause
                == "the passphrase does not open this root key, it must be the one it was made with"
        )
    }

    @Test func `a cheaper passphrase key or another name cannot be smuggled in`() throws {
        let lines = try lines()
        let other = try RootKey.create(
            file: setting.folder.file("bram"),
            name: "bram.example",
            passphrase: TestDesk.passphrase(),
            cost: .least
        ).vkey
        let bent = [
            [lines[0], lines[1], lines[2].replacing("argon2id 1 ", with: "argon2id 2 "), lines[3]],
            [lines[0], lines[1], lines[2].replacing(" 8192 ", with: " 16384 "), lines[3]],
            [lines[0], other, lines[2], lines[3]],
        ]
        for one in bent {
            let file = try setting.folder.write(ascii(one.joined(separator: "\n") + "\n"), "bent")
            #expect(throws: RootKeyError.wrongPassphrase) {
                _ = try RootKeyFile(path: file).open(passphrase: TestDesk.passphrase())
            }
        }
    }

    @Test func `every single changed bit of the file is refused`() throws {
        let whole = try setting.folder.read("anna")
        for place in whole.indices {
            for bit in 0..<8 {
                var bytes = whole
                bytes[place] ^= 1 << bit
                let file = try setting.folder.write(bytes, "bent")
                #expect(throws: RootKeyError.self, "bit \(bit) of byte \(place)") {
                    _ = try RootKeyFile(path: file).open(passphrase: TestDesk.passphrase())
                }
            }
        }
    }

    @Test func `there is one way only to write a key`() throws {
        let lines = try lines()
        let good = lines.dropLast().map { $0 }
        func bent(_ place: Int, _ old: String, _ new: String) -> [String] {
            var bent = good
            bent[place] = bent[place].replacing(old, with: new)
            return bent
        }
        let all: [[String]] = [
            [], [good[0]], good.dropLast(), good + [""], good + ["more"],
            bent(0, "root-key", "root-keys"), bent(0, "v1", "v2"), bent(1, "+", "-"),
            bent(2, "argon2id 1", "argon2id 01"), bent(2, "argon2id 1", "argon2id +1"),
            bent(2, "argon2id 1", "argon2id 0"), bent(2, "argon2id 1", "argon2id 17"),
            bent(2, "argon2id 1", "argon2id -1"), bent(2, " 8192", "  8192"),
            bent(2, " 8192 ", " 8191 "), bent(2, " 8192 ", " 99999999999999999999 "),
            bent(2, "argon2id", "argon2i"), [good[0], good[1], good[2] + " ", good[3]],
            [good[0], good[1], good[2], good[3] + "="], [good[0], good[1], good[2], ""],
            [good[0], good[1], good[2], String(good[3].dropLast(4))],
        ]
        for one in all {
            let bytes = ascii(one.map { $0 + "\n" }.joined())
            let file = try setting.folder.write(bytes, "bent")
            #expect(throws: RootKeyError.malformed(path: file), "\(one)") {
                _ = try RootKeyFile(path: file)
            }
        }
        for bytes in [try setting.folder.read("anna").dropLast(), [0x0D] + ascii(lines[0])] {
            let file = try setting.folder.write([UInt8](bytes), "bent")
            #expect(throws: RootKeyError.malformed(path: file)) {
                _ = try RootKeyFile(path: file)
            }
        }
    }

    @Test func `a key in the clear is refused with what to do`() throws {
        let seed = String(utf8: Base64.encode([UInt8](repeating: 7, count: 32)))
        let file = try setting.folder.write(
            ascii("sealedintake/v1/root-key anna \(seed)\n"),
            "old"
        )
        let error = #expect(throws: RootKeyError.self) { _ = try RootKeyFile(path: file) }
        #expect(error == .inTheClear(path: file))
        #expect(error?.clause.contains(seed) == false)
        #expect(error?.hint?.contains("root new") == true)
    }
}
