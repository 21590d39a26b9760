import HTTPTypes
import Hummingbird
import IntakeStore
import NIOCore
import SealedIntake

/// `POST /v1/envelopes` takes one submission and answers 201 with the promise.
///
/// Checked in this order: length 413; format, organisation 422; tag known with the same envelope
/// 201 as before; tag known with another 409; stamp 428; quota 503. The same bytes twice are one
/// report: a phone on a failing line may simply try again.
/// - SeeAlso: `docs/spec/protocol.md`, section 7.
struct EnvelopesEndpoint: Sendable {
    static let path = "/v1/envelopes"

    private static let textSize = Submission.headSize + EnvelopeClass.text.size
    private static let sizes = [textSize, Submission.longest]

    let store: Store
    let logKey: LogKey
    let clock: @Sendable () -> UInt64
    private let budget = BodyBudget(bytes: GuardLimits.mostLongBodyBytes)

    init(store: Store, logKey: LogKey, clock: @escaping @Sendable () -> UInt64) {
        self.store = store
        self.logKey = logKey
        self.clock = clock
    }

    func respond(to request: Request) async throws -> Response {
        if let declared = request.headers[.contentLength] {
            guard let length = Int(declared), Self.sizes.contains(length) else {
                return Self.wrongLength
            }
        }
        var taken = 0
        defer { budget.giveBack(taken) }
        var body = ByteBuffer()
        for try await chunk in request.body {
            let size = body.readableBytes + chunk.readableBytes
            guard size <= Submission.longest else { return Self.wrongLength }
            if size > Self.textSize {
                guard budget.take(size - taken) else { return Self.crowded }
                taken = size
            }
            body.writeImmutableBuffer(chunk)
        }
        guard Self.sizes.contains(body.readableBytes) else { return Self.wrongLength }
        return await answer([UInt8](buffer: body))
    }

    private func answer(_ bytes: [UInt8]) async -> Response {
        do throws(SubmissionError) {
            let submission = try Submission(bytes: bytes)
            return await answer(submission)
        } catch {
            return Problem(status: .unprocessableContent, title: error.reason).response
        }
    }

    private func answer(_ submission: Submission) async -> Response {
        let seconds = clock()
        do throws(StoreError) {
            switch try await store.accept(submission, at: seconds) {
            case .stored(let day), .known(let day): return promise(submission, day)
            case .unknownOrganisation: return Self.unknownOrganisation
            case .conflict: return Self.conflict
            case .needsWork(let bits): return Self.needsWork(bits)
            case .full: return Self.full(at: seconds)
            }
        } catch {
            return Self.unavailable
        }
    }

    private func promise(_ submission: Submission, _ day: Day) -> Response {
        let promise = SubmissionPromise(
            origin: logKey.signer.name,
            day: day,
            for: submission
        )
        let note = logKey.signer.note(promise.text)
        return Response(
            status: .created,
            headers: [.contentType: Resource.plainText],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: note.bytes))
        )
    }
}

extension EnvelopesEndpoint {
    private static var wrongLength: Response {
        let sizes = sizes.map(String.init).joined(separator: " or ")
        let title = "the body has another length, it must be \(sizes) bytes"
        return Problem(status: .contentTooLarge, title: title, closes: true).response
    }

    private static var crowded: Response {
        Problem(
            status: .serviceUnavailable,
            title: "too many attachments come in at once, it must be sent again a little later",
            retryAfterSeconds: 10,
            closes: true
        ).response
    }

    private static var unknownOrganisation: Response {
        let title = "the organisation is unknown, it must be one of the directory"
        return Problem(status: .unprocessableContent, title: title).response
    }

    private static var conflict: Response {
        let title = "the tag is taken by another envelope, it must be a fresh one"
        return Problem(status: .conflict, title: title).response
    }

    private static func needsWork(_ bits: UInt8) -> Response {
        let title = "the stamp is missing or not worth the work asked, it must be \(bits) bits"
        return Problem(status: .preconditionRequired, title: title, difficulty: bits).response
    }

    /// Until the next day in UTC.
    private static func full(at seconds: UInt64) -> Response {
        let title = "the organisation takes no more today, it must be tried tomorrow"
        let left = 86_400 - seconds % 86_400
        return Problem(status: .serviceUnavailable, title: title, retryAfterSeconds: left).response
    }

    private static var unavailable: Response {
        let title = "the submission was not stored, it must be sent again"
        return Problem(status: .serviceUnavailable, title: title, retryAfterSeconds: 5).response
    }
}
