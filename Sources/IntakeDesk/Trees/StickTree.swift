import IntakeConsole
import SealedIntake

/// The decision tree beside a bundle on a stick: verified whole, with the texts of every language.
struct StickTree {
    /// The longest file read.
    private static let longest = 1_048_576

    /// The tree's file.
    let tree: [UInt8]
    /// The texts files, in the order in which the tree names them.
    let texts: [[UInt8]]

    /// Whether a tree lies beside a bundle, right or wrong.
    static func lies(beside bundle: String) -> Bool {
        do throws(FileError) {
            return try PlainFile.exists(path("wegwijzer.tree", beside: bundle))
        } catch {
            // What cannot be looked at is not missing: reading it says why.
            return true
        }
    }

    /// Reads the tree that has the digest a verified directory names.
    /// - Throws: ``StickTreeError``; the tree before its texts.
    init(beside bundle: String, digest: Digest) throws(StickTreeError) {
        let path = Self.path("wegwijzer.tree", beside: bundle)
        tree = try Self.contents(of: path)
        guard Digest(of: tree) == digest else { throw .otherTree(path: path) }
        let names: [DecisionTree.TextsReference]
        do throws(DecisionTreeError) {
            names = try DecisionTree(bytes: tree).texts
        } catch {
            throw .unknownForm(path: path)
        }
        var texts: [[UInt8]] = []
        for name in names { texts.append(try Self.texts(name, beside: bundle)) }
        self.texts = texts
    }

    private static func texts(
        _ name: DecisionTree.TextsReference,
        beside bundle: String
    ) throws(StickTreeError) -> [UInt8] {
        let path = path("wegwijzer.\(String(utf8: name.language)).texts", beside: bundle)
        let bytes = try contents(of: path)
        guard Digest(of: bytes) == name.digest else { throw .otherTexts(path: path) }
        guard let texts = try? TreeTexts(bytes: bytes) else { throw .unknownForm(path: path) }
        guard texts.language == name.language else { throw .otherTexts(path: path) }
        return bytes
    }

    private static func contents(of path: String) throws(StickTreeError) -> [UInt8] {
        do throws(FileError) {
            return try PlainFile.contents(of: path, most: longest)
        } catch {
            throw .file(error)
        }
    }

    private static func path(_ name: String, beside bundle: String) -> String {
        let folder = bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return (folder + [name[...]]).joined(separator: "/")
    }
}
