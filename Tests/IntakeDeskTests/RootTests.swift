import Foundation
import IntakeConsole
import IntakeRoots
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
        try create(name).vkey
    }

    private func create(_ name: String, in file: String? = nil) throws -> RootKey {
        try RootKey.create(
            file: setting.folder.file(file ?? name),
            name: name,
            passphrase: TestDesk.passphrase(),
            cost: .least
        )
    }

    private func read(_ name: String) throws -> RootKey {
        try RootKeyFile(path: setting.folder.file(name)).open(passphrase: TestDesk.passphrase())
    }

    @Test func `a plain directory becomes a note that holds with enough roots`() throws {
        let keys = try ["anna", "bob"].map(root)
        let roots = try setting.folder.write(
            ascii("threshold 2\n\(keys[0])\n\(keys[1])\n"),
            "roots"
        )
        let path = try setting.folder.write(setting.directoryText(), "directory")
        let first = try read("anna")
        #expect(try DirectoryFile.sign(path, with: first).signers == ["anna"])
        let fault = DirectoryError.tooFewRoots(found: 1, needed: 2)
        #expect(throws: fault) {
            try DirectoryFile.verify(path, roots: roots, today: TestDesk.today)
        }
        let second = try read("bob")
        #expect(try DirectoryFile.sign(path, with: second).signers == ["anna", "bob"])
        #expect(try DirectoryFile.sign(path, with: second).signers == ["anna", "bob"])
        let verified = try DirectoryFile.verify(path, roots: roots, today: TestDesk.today)
        #expect(verified.signers == ["anna", "bob"])
        #expect(verified.fingerprint.count == 39)
        #expect(throws: DirectoryError.self) {
            try DirectoryFile.verify(path, roots: roots, today: TestDesk.today.adding(31))
        }
    }

    @Test func `a directory with a fault is not signed, and its line is named`() throws {
        _ = try root("anna")
        let key = try read("anna")
        let lines = setting.directoryText().split(separator: 0x0A).map { [UInt8]($0) }
        for place in lines.indices {
            var broken = lines
            broken[place] = ascii("nonsense")
            let text = broken.reduce(into: [UInt8]()) { $0 += $1 + [0x0A] }
            let path = try setting.folder.write(text, "broken")
            let error = #expect(throws: DirectoryError.self) {
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
        #expect(throws: FileError.self) { try root("anna") }
        #expect(try setting.folder.read("anna") == before)
        let attributes = try FileManager.default.attributesOfItem(
            atPath: setting.folder.file("anna")
        )
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `names that are none are refused before anything is asked or written`() throws {
        let names = [
            "", "a b", "a+b", "a\nb", "a\u{202E}b", "\u{E9}", String(repeating: "a", count: 65),
        ]
        for name in names {
            #expect(throws: RootKeyError.badName(name)) {
                _ = try create(name, in: "key")
            }
            #expect(throws: RootKeyError.badName(name)) {
                try RootKey.check(newFile: setting.folder.file("key"), name: name)
            }
        }
        #expect(!FileManager.default.fileExists(atPath: setting.folder.file("key")))
        _ = try root("anna")
        let path = setting.folder.file("anna")
        #expect(throws: FileError.taken(path: path)) {
            try RootKey.check(newFile: path, name: "anna")
        }
    }

    @Test func `a passphrase file gives its first line`() throws {
        let path = try setting.folder.write(ascii("geheim woord\r\nrest"), "passphrase")
        #expect(try Passphrase.read(file: path).exposed == ascii("geheim woord"))
        let empty = try setting.folder.write(ascii("\nrest"), "empty")
        #expect(throws: PassphraseError.empty) { _ = try Passphrase.read(file: empty) }
        let long = try setting.folder.write([UInt8](repeating: 0x61, count: 1025), "long")
        #expect(throws: PassphraseError.tooLong) { _ = try Passphrase.read(file: long) }
    }
}
