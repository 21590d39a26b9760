/// What somebody can post who knows everything public and the form of everything.
enum ReporterLie: String, CaseIterable, Sendable {
    case randomBytes
    case randomFrames
    case mutatedFrames
    case wrongTags
    case reusedSlots
    case changedKeys
    case keysOfAnother
    case releasesOfAnothers
    case consentsForAnother
    case manyAttachments
    case otherKinds
    case flood
}
