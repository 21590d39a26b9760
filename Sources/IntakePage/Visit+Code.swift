import SealedIntake

/// Why typed letters are not a code.
enum ReadingRefusal: Int32 {
    case wrongLength = 1
    case notASyllable = 2
    case checkFails = 3
    case several = 4
}

/// Why a line is not the last one of the code.
enum LineRefusal: Int32 {
    case differs = 1
}

/// Why there is nothing to say about the code.
enum CodeRefusal: Int32 {
    case notHeld = 1
}

/// Why there is no root.
enum RootRefusal: Int32 {
    case wrongInput = 1
    case noMemory = 2
}

/// Why there is no shard.
enum ShardRefusal: Int32 {
    case wrongLength = 1
    case notOpened = 2
}

extension Visit {
    /// Makes a code; says its three lines.
    func makeToken() -> Outcome {
        hold(.random())
    }

    /// Reads what was typed; says the three lines as they were read.
    func readToken(_ typed: [UInt8]) -> Outcome {
        do throws(TokenError) {
            return hold(try FollowUpToken(writtenIn: typed))
        } catch {
            switch error {
            case .wrongLength(let found):
                let numbers = [Parts.number(found), Parts.number(FollowUpToken.letterCount)]
                return .refused(ReadingRefusal.wrongLength, numbers)
            case .notASyllable(let index):
                let letters = [UInt8](typedLetters(typed)[index * 3..<index * 3 + 3])
                return .refused(ReadingRefusal.notASyllable, [Parts.number(index), letters])
            case .checkFails: return .refused(ReadingRefusal.checkFails)
            case .several: return .refused(ReadingRefusal.several)
            }
        }
    }

    /// Compares the end of what was typed with the last line; says which of its syllables differs
    /// first, or 3 when there are more or fewer letters.
    func compareLastLine(_ typed: [UInt8]) -> Outcome {
        guard let code else { return .refused(LineRefusal.differs, [Parts.number(3)]) }
        let typed = typedLetters(typed)
        let letters = [UInt8](typed.suffix(9))
        guard letters.count == 9 else { return .refused(LineRefusal.differs, [Parts.number(3)]) }
        let syllables = code.token.syllables
        for place in 0..<3 {
            var all = syllables
            all[6 + place] = [UInt8](letters[place * 3..<place * 3 + 3])
            guard code.token.isContained(in: [UInt8](all.joined())) else {
                return .refused(LineRefusal.differs, [Parts.number(typed.count > 9 ? 3 : place)])
            }
        }
        return .done()
    }

    /// The ten bytes of the code.
    func tokenBytes() -> Outcome {
        guard let code else { return .refused(CodeRefusal.notHeld) }
        return .done([code.token.exposed])
    }

    /// Derives the root of a code, 32 bytes; needs no visit.
    static func deriveRoot(token: [UInt8], deployment: [UInt8]) -> Outcome {
        guard token.count == FollowUpToken.count, !deployment.isEmpty else {
            return .refused(RootRefusal.wrongInput)
        }
        let token = FollowUpToken(bytes: SecretBytes(copying: token))
        do throws(KeyError) {
            return .done([try ReporterRoot(token: token, deployment: deployment).exposed])
        } catch {
            return .refused(RootRefusal.noMemory)
        }
    }

    /// Takes the root of the code; says the shard that holds its replies.
    func takeRoot(_ root: [UInt8]) -> Outcome {
        guard root.count == 32 else { return .refused(ShardRefusal.wrongLength) }
        guard let opened else { return .refused(ShardRefusal.notOpened) }
        let keys = ReporterKeys(root: ReporterRoot(key: SecretBytes(copying: root)))
        self.keys = keys
        tags = nil
        own = nil
        return .done([Parts.number(opened.shard(of: keys.root.shardByte))])
    }

    /// A shard for who has no code, so that nobody can tell who has one.
    func randomShard() -> Outcome {
        guard let opened else { return .refused(ShardRefusal.notOpened) }
        let byte = UInt8(truncatingIfNeeded: randomNumber(below: 256))
        return .done([Parts.number(opened.shard(of: byte))])
    }

    private func hold(_ token: consuming FollowUpToken) -> Outcome {
        let code = Code(token)
        self.code = code
        keys = nil
        tags = nil
        own = nil
        return .done(code.token.lines)
    }
}

/// The ASCII letters and digits of what was typed, in lower case.
private func typedLetters(_ typed: [UInt8]) -> [UInt8] {
    typed.compactMap { byte in
        switch byte {
        case 0x30...0x39, 0x61...0x7A: byte
        case 0x41...0x5A: byte + 0x20
        default: nil
        }
    }
}
