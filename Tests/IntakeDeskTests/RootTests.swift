import Foundation
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Root keys and the directory on its way round them.
@Suite struct RootTests {
    let setting: TestDesk

    init() throws {
        setting = try TestDesk()
    }

    private func root(_ name: String) throws -> String {
        let path = setting.folder.file(name)
        return try RootKey.create(file: path, name: name).vkey
    }

    @Test func `a plain directory becomes a note that holds with enough roots`() throws {
        let keys = try ["anna", "bob"].map(root)
        let roots = try setting.folder.write(
            ascii("threshold 2\n\(keys[0])\n\(keys[1])\n"),
            "roots"
        )
        let path = try setting.folder.write(setting.directoryText(), "directory")
        let first = try RootKey.read(file: setting.folder.file("anna"))
        #expect(try DirectoryFile.sign(path, with: first).signers == ["anna"])
        let fault = DeskError.directory(.refused(.tooFewRoots(found: 1, needed: 2)))
        #expect(throws: fault) {
            try DirectoryFile.verify(path, roots: roots, today: TestDesk.today)
        }
        let second = try RootKey.read(file: setting.folder.file("bob"))
        #expect(try DirectoryFile.sign(path, with: second).signers == ["anna", "bob"])
        #expect(try DirectoryFile.sign(path, with: second).signers == ["anna", "bob"])
        let verified = try DirectoryFile.verify(path, roots: roots, today: TestDesk.today)
        #expect(verified.signers == ["anna", "bob"])
        #expect(verified.fingerprint.count == 39)
        #expect(throws: DeskError.self) {
            try DirectoryFile.verify(path, roots: roots, today: TestDesk.today.adding(31))
        }
    }

    @Test func `a directory with a fault is not signed, and its line is named`() throws {
        _ = try root("anna")
        let key = try RootKey.read(file: setting.folder.file("anna"))
        let lines = setting.directoryText().split(separator: 0x0A).map { [UInt8]($0) }
        for place in lines.indices {
            var broken = lines
            broken[place] = ascii("nonsense")
            let text = broken.reduce(into: [UInt8]()) { $0 += $1 + [0x0A] }
            let path = try setting.folder.write(text, "broken")
            let error = #expect(throws: DeskError.self) {
                try DirectoryFile.sign(path, with: key)
            }
            let clause = try #require(error).clause
            #expect(clause == "line \(place + 1) of the directory is not in its form")
            #expect(try setting.folder.read("broken") == text)
        }
    }

    @Test func `a key file is its owner's alone and is never overwritten`() throws {
        _ = try root("anna")
        let before = try setting.folder.read("anna")
        #expect(throws: DeskError.self) { try root("anna") }
        #expect(try setting.folder.read("anna") == before)
        let attributes = try FileManager.default.attributesOfItem(
            atPath: setting.folder.file("anna")
        )
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `names and files that are none are refused`() throws {
        for name in ["", "a b", "a+b", "a\nb", "a\u{202E}b", String(repeating: "a", count: 65)] {
            #expect(throws: DeskError.rootKey(.badName(name))) {
                _ = try RootKey.create(file: setting.folder.file("key"), name: name)
            }
        }
        #expect(!FileManager.default.fileExists(atPath: setting.folder.file("key")))
        for text in ["", "hello", "sealedintake/v1/root-key anna AAAA\n"] {
            let path = try setting.folder.write(ascii(text), "bad")
            #expect(throws: DeskError.rootKey(.malformed(path: path))) {
                _ = try RootKey.read(file: path)
            }
        }
    }

    @Test func `a passphrase file gives its first line`() throws {
        let path = try setting.folder.write(ascii("geheim woord\r\nrest"), "passphrase")
        #expect(try Passphrase.read(file: path).exposed == ascii("geheim woord"))
        let empty = try setting.folder.write(ascii("\nrest"), "empty")
        #expect(throws: DeskError.passphrase(.empty)) { _ = try Passphrase.read(file: empty) }
        let long = try setting.folder.write([UInt8](repeating: 0x61, count: 1025), "long")
        #expect(throws: DeskError.passphrase(.tooLong)) { _ = try Passphrase.read(file: long) }
    }
}
