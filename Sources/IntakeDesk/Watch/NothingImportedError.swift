import SealedIntake

/// Nothing was imported here yet, so no directory is trusted.
public struct NothingImportedError: Refusal {
    init() {}

    /// What was found, then what must be.
    public var clause: String { "nothing was imported here yet, a bundle must come in first" }

    /// What the person at the desk can do about it.
    public var hint: String? { "intake-admin import --vault FILE BUNDLE --directory NOTE" }
}
