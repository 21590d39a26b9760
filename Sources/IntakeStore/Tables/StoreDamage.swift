import SealedIntake

/// What a store holds and cannot, or does not hold and must.
public enum StoreDamage: Equatable, Sendable {
    /// An object of the store, as it is spoken of.
    public enum Object: Equatable, Sendable {
        /// The envelope of a leaf, by its index.
        case envelope(UInt64)
        /// The reply of a leaf, by its index.
        case reply(UInt64)
        /// A piece, by the tag of its submission.
        case piece(Tag)
    }

    /// What waits for the next close.
    public enum Waiting: String, Sendable {
        case envelope, reply, transfer
    }

    /// SQLite itself finds the file damaged.
    case file(String)
    /// A value has another length than its kind, an organisation's name is none, a tag no number.
    case value, organisation, number

    /// The row that says whose store it is.
    case house
    /// The day closed for good in it is none that the newest checkpoint leaves possible.
    case closedThrough
    /// The checkpoint of size 0, or any.
    case noFirstCheckpoint, noCheckpoint
    /// The parts of a checkpoint do not fit, or the log key did not sign it.
    case checkpointParts, checkpointNotSigned

    /// No leaf at an index.
    case leafMissing(UInt64)
    /// The row at an index is no leaf.
    case leaf(UInt64, LeafError)
    /// The leaf at an index is behind every checkpoint.
    case leafNotSigned(UInt64)
    /// The day kept beside a leaf is not that of its close.
    case otherDay(UInt64)
    /// More leaves than can be numbered.
    case logTooLong
    /// The leaves before an index are gone, and too young for that.
    case erasedEarly(UInt64)
    /// The leaves up to a size give another root than was signed, or other subtree roots.
    case otherRoot(UInt64)
    case otherSubtrees(UInt64)
    /// The high-water mark is of another log.
    case otherMark

    /// A directory of a serial: logged and not held, another than its row, refused.
    case directoryMissing(UInt64)
    case directoryChanged(UInt64)
    case directory(UInt64, DirectoryError)

    /// What a close or an export needs of a row, and the row does not name.
    case acknowledgementWithoutCheckpoint, withdrawalWithoutReply
    /// An object was taken away while it was exported.
    case objectGone
    /// An object must be here, must not be here any more, has another length, or another digest.
    case missing(Object)
    case stays(Object)
    case changed(Object)
    case otherLength(Object, found: Int, expected: Int)
    /// Objects that nothing names.
    case strayObject, strayEnvelope, strayReply, strayPiece, strayLoss

    /// An entry of the drop: in a shard that there is not, gone, no filler.
    case dropShard, dropEntry, dropFiller
    /// Shards of the drop have different lengths.
    case dropUneven

    /// What waits is not what came.
    case waitingChanged(Waiting)
    /// A transfer of no organisation waits.
    case waitingOfNobody
    /// An envelope waits that nothing names.
    case waitingStray
    /// What waits is in the log.
    case waitingLogged
    /// A withdrawal waits of a reply that is not here.
    case waitingWithdrawal
    /// A mark of how far the store looked lies behind its log.
    case progressBeyond

    /// A desk acknowledged more than there is, or other than is logged, or its signature is none.
    case deskAhead(OrganisationID)
    case deskOther(OrganisationID)
    case deskCosignature(OrganisationID)
    /// What a desk knew more is no checkpoint.
    case aheadUnreadable
}

extension StoreDamage {
    /// What was found, then what must be.
    var clause: String {
        switch self {
        case .file(let verdict): "the file is damaged: \(verdict)"
        case .value: "a value of another length than its kind has"
        case .organisation: "an organisation that is no id"
        case .number: "a tag that is no number"
        case .house: "the store does not say whose it is"
        case .closedThrough: "the day closed for good is not that of the newest checkpoint"
        case .directoryMissing(let serial): "directory \(serial) is logged but not held"
        case .directoryChanged(let serial): "directory \(serial) is not what it was"
        case .directory(let serial, let error): "directory \(serial): \(error.clause)"
        case .deskAhead(let id): "the desk of \(id) is ahead of the log"
        case .deskOther(let id): "what \(id) acknowledged is not what is logged"
        case .deskCosignature(let id): "the cosignature of \(id) does not hold"
        case .aheadUnreadable: "what a desk knew more is no checkpoint"
        case .noFirstCheckpoint, .noCheckpoint, .checkpointParts, .checkpointNotSigned,
            .leafMissing, .leaf, .leafNotSigned, .otherDay, .logTooLong, .erasedEarly, .otherRoot,
            .otherSubtrees, .otherMark:
            clauseOfLog
        case .acknowledgementWithoutCheckpoint, .withdrawalWithoutReply, .objectGone, .missing,
            .stays, .changed, .otherLength, .strayObject, .strayEnvelope, .strayReply,
            .strayPiece, .strayLoss, .dropShard, .dropEntry, .dropFiller, .dropUneven:
            clauseOfObject
        case .waitingChanged, .waitingOfNobody, .waitingStray, .waitingLogged,
            .waitingWithdrawal, .progressBeyond:
            clauseOfWaiting
        }
    }

    private var clauseOfLog: String {
        switch self {
        case .noFirstCheckpoint: "the first checkpoint is gone, it must be that of size 0"
        case .noCheckpoint: "the store has no checkpoint"
        case .checkpointParts: "a checkpoint whose parts do not fit"
        case .checkpointNotSigned: "a checkpoint that the log key did not sign"
        case .leafMissing(let index): "leaf \(index) is missing"
        case .leaf(let index, let error): "leaf \(index): \(error.clause)"
        case .leafNotSigned(let index): "leaf \(index) is signed by no checkpoint"
        case .otherDay(let index): "leaf \(index) lies in another day than its close"
        case .logTooLong: "the log is too long"
        case .erasedEarly(let index): "the leaves before \(index) are gone before their time"
        case .otherRoot(let size): "the leaves up to \(size) do not give the root signed"
        case .otherSubtrees(let size): "the subtree roots at \(size) are wrong"
        case .otherMark: "the high-water mark is of another log"
        default: ""
        }
    }

    private var clauseOfObject: String {
        switch self {
        case .acknowledgementWithoutCheckpoint: "an acknowledgement without its checkpoint"
        case .withdrawalWithoutReply: "a withdrawal of what was not logged"
        case .objectGone: "an object is gone while it was exported"
        case .missing(let object): "\(object.name) is missing"
        case .stays(let object): "\(object.name) must be gone by now"
        case .changed(let object): "\(object.name) is not the one logged"
        case .otherLength(let object, let found, let expected):
            "\(object.name) has \(found) bytes, it must have \(expected)"
        case .strayObject: "an object that no leaf names"
        case .strayEnvelope: "an envelope that no leaf of its type names"
        case .strayReply: "a reply that no leaf of its type names"
        case .strayPiece: "a piece that nothing names"
        case .strayLoss: "a loss that is none"
        case .dropShard: "an entry of the drop in a shard that cannot be"
        case .dropEntry: "an entry of the drop is gone"
        case .dropFiller: "a filler of the drop that cannot be"
        case .dropUneven: "a shard of the drop is longer than another"
        default: ""
        }
    }

    private var clauseOfWaiting: String {
        switch self {
        case .waitingChanged(let kind): "a waiting \(kind.rawValue) is not the one that came"
        case .waitingOfNobody: "a waiting transfer of nobody"
        case .waitingStray: "a waiting envelope that nothing names"
        case .waitingLogged: "what waits is logged already"
        case .waitingWithdrawal: "a waiting withdrawal of a reply that is not here"
        case .progressBeyond: "a note of how far the store looked is beyond the log"
        default: ""
        }
    }
}

extension StoreDamage.Object {
    fileprivate var name: String {
        switch self {
        case .envelope(let index): "the envelope of leaf \(index)"
        case .reply(let index): "the reply of leaf \(index)"
        case .piece(let tag): "the piece of tag \(String(utf8: tag.hex))"
        }
    }
}
