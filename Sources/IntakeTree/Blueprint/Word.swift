/// A word of a file and where it stands.
struct Word {
    let text: String
    let position: SourcePosition
    var isNull = false
}
