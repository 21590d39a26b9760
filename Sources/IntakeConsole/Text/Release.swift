/// Which programs these are.
///
/// Written here and not asked of the repository: two builds of one commit are the same bytes,
/// wherever and from whatever copy they are made.
public enum Release {
    /// The version, as CHANGELOG.md has it; both programs have the same.
    public static let version = "0.1.0"

    /// The version of the protocol, which every label and magic names.
    public static let protocolVersion = "1"

    /// What `--version` prints.
    public static func line(_ program: String, schema: Int) -> String {
        "\(program) \(version) (protocol \(protocolVersion), schema \(schema))"
    }
}
