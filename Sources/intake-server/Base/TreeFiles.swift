import IntakeConsole
import IntakeStore
import SealedIntake

/// The decision tree and its texts in each language: files that only mean something together.
///
/// The tree names each texts file by its SHA-256, so one hash covers all of them.
struct TreeFiles {
    let tree: DecisionTree
    let bytes: [UInt8]
    /// The texts files, in the order the tree names them: the default language first.
    let texts: [Texts]

    /// The texts of one language and the file they stand in.
    struct Texts {
        let texts: TreeTexts
        let bytes: [UInt8]

        var language: String { String(utf8: texts.language) }
    }

    /// Reads a tree, and its texts beside it.
    /// - Throws: ``FileError`` for a file that is missing or too long;
    ///   ``CommandError`` with the path of a file that is not what the tree says.
    init(at path: String) throws {
        bytes = try PlainFile.contents(of: path, most: DataFolder.longestFile)
        do throws(DecisionTreeError) {
            tree = try DecisionTree(bytes: bytes)
        } catch {
            throw CommandError("\"\(path)\" is \(error.clause)")
        }
        texts = try tree.texts.map { try Self.texts($0, beside: path) }
    }

    /// Writes all of them into the folder in which a file lies; the tree last, so that what it
    /// names lies there.
    func write(beside path: String) throws {
        try checkReplaceable(beside: path)
        for one in texts {
            let name = Self.textsName(one.language)
            try PlainFile.replace(
                Self.path(of: name, beside: path),
                with: one.bytes,
                mode: 0o644
            )
        }
        let tree = Self.path(of: Self.treeName, beside: path)
        try PlainFile.replace(tree, with: bytes, mode: 0o644)
    }

    /// Refuses a folder in which one of their names is taken by what is no plain file.
    func checkReplaceable(beside path: String) throws {
        for name in [Self.treeName] + texts.map({ Self.textsName($0.language) }) {
            try PlainFile.check(Self.path(of: name, beside: path))
        }
    }

    /// The name of the tree's file, as `intake-admin tree build` writes it.
    static let treeName = "wegwijzer.tree"

    /// The name of the texts file of a language.
    static func textsName(_ language: String) -> String { "wegwijzer.\(language).texts" }

    private static func path(of name: String, beside path: String) -> String {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return (folder + [name[...]]).joined(separator: "/")
    }

    private static func texts(
        _ reference: DecisionTree.TextsReference,
        beside tree: String
    ) throws -> Texts {
        let name = textsName(String(utf8: reference.language))
        let path = path(of: name, beside: tree)
        let bytes = try PlainFile.contents(of: path, most: DataFolder.longestFile)
        guard Digest(of: bytes) == reference.digest else {
            throw CommandError("\"\(path)\" is not the texts file that the tree names")
        }
        do throws(TreeTextsError) {
            let texts = try TreeTexts(bytes: bytes)
            if texts.language == reference.language { return Texts(texts: texts, bytes: bytes) }
        } catch {
            throw CommandError("\"\(path)\" is \(error.clause)")
        }
        throw CommandError("\"\(path)\" has texts of another language than the tree says")
    }
}
