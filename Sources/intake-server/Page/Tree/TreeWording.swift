import SealedIntake

/// The words of one language for the tree, ready to stand in the document.
struct TreeWording {
    private let texts: TreeTexts
    private let words: [String: String]
    private let language: PageLanguage

    /// Takes the tree's texts of a language, and what the page says among its own.
    /// - Throws: ``CommandError`` naming the language that the tree lacks, or a word that is
    ///   missing.
    init(_ files: TreeFiles, among texts: [String: String], language: PageLanguage) throws {
        guard let found = files.texts.first(where: { $0.language == language.tag }) else {
            throw CommandError("the tree has no texts in \(language.tag), the page must have them")
        }
        let words = texts.filter { $0.key.hasPrefix(TreeWord.prefix) }
        let known = Set(TreeWord.allCases.map(\.rawValue))
        for key in words.keys.sorted() where !known.contains(key) {
            throw CommandError("\"\(key)\" is not used, texts may hold what the page says only")
        }
        for word in TreeWord.allCases where words[word.rawValue] == nil {
            throw CommandError(
                "texts/\(language.tag).json has no \"\(word.rawValue)\", it must have"
            )
        }
        self.texts = found.texts
        self.words = words
        self.language = language
    }

    /// A word of the page.
    subscript(word: TreeWord) -> Markup { escaped(words[word.rawValue] ?? "") }

    /// A text of the tree.
    /// - Throws: ``CommandError`` when the language has none.
    func text(_ key: String) throws -> Markup {
        guard let text = optional(key) else {
            throw CommandError(
                "the tree's texts in \(language.tag) have no \"\(key)\", they must have"
            )
        }
        return text
    }

    /// A text of the tree that need not be there.
    func optional(_ key: String) -> Markup? {
        texts[[UInt8](key.utf8)].map { escaped(String(utf8: $0)) }
    }

    /// The texts `KEY.1`, `KEY.2` and on.
    func list(_ key: String) -> [Markup] {
        texts.list([UInt8](key.utf8)).map { escaped(String(utf8: $0)) }
    }

    /// A day in words, as the language says it.
    func day(_ day: Day) -> Markup { escaped(language.words(of: day)) }

    /// What is not ours to translate.
    func escaped(_ text: String) -> Markup {
        Markup(text: language.keepingNumbers(text))
    }
}
