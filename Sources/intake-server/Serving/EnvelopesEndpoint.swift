import HTTPTypes
import Hummingbird
import IntakeStore
import NIOCore
import SealedIntake

/// `POST /v1/envelopes` takes one submission and answers 201 with the promise.
///
/// Checked in this order: length 413; format, organisation 422; a piece 503; tag known with the
/// same envelope 201 as before; tag known with another 422; stamp 428; disk 503. The same bytes
/// twice are one report: a phone on a failing line may simply try again. A cover is answered like
/// a report that is stored.
/// - SeeAlso: `docs/spec/protocol.md`, section 7.
struct EnvelopesEndpoint: Sendable {
    static let path = "/v1/envelopes"

    private static let textSize = Submission.headSize + EnvelopeClass.text.size
    private static let sizes = [textSize, Submission.longest]

    let store: Store
    let promiseKey: PromiseKey
    let clock: @Sendable () -> UInt64
    private let budget = BodyBudget(bytes: GuardLimits.mostLongBodyBytes)

    init(store: Store, promiseKey: PromiseKey, clock: @escaping @Sendable () -> UInt64) {
        self.store = store
        self.promiseKey = promiseKey
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
            return await answer(try Submission(bytes: bytes))
        } catch {
            return Problem(status: .unprocessableContent, title: error.clause).response
        }
    }

    /// What is for nobody, or not taken yet, costs no digest.
    private func answer(_ submission: Submission) async -> Response {
        let seconds = clock()
        do {
            if let refused = try store.refusal(of: submission) { return Self.problem(refused) }
            let incoming = Incoming(submission)
            switch try await store.accept(incoming, at: seconds) {
            case .stored(let day), .known(let day): return promise(incoming, day)
            case let refused: return Self.problem(refused)
            }
        } catch {
            return Self.unavailable
        }
    }

    private static func problem(_ acceptance: Acceptance) -> Response {
        switch acceptance {
        case .unknownOrganisation: unknownOrganisation
        case .notYet: notYet
        case .conflict: conflict
        case .needsWork(let tries): needsWork(tries)
        case .noRoom: noRoom
        case .stored, .known: unavailable
        }
    }

    private func promise(_ incoming: Incoming, _ day: Day) -> Response {
        let note = promiseKey.note(incoming.promise(origin: store.deployment, day: day))
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

    /// Attachments are a later version's; the page sends none.
    private static var notYet: Response {
        let title = "pieces of attachments are not taken yet, it must be a text"
        return Problem(
            status: .serviceUnavailable,
            title: title,
            retryAfterSeconds: UnixTime.day
        ).response
    }

    private static var conflict: Response {
        let title = "the tag is another envelope's, it must be the one that binds this envelope"
        return Problem(status: .unprocessableContent, title: title).response
    }

    private static func needsWork(_ tries: UInt16) -> Response {
        let title =
            "the stamp is of another time, spent or not worth the work asked, "
            + "it must be worth \(tries) tries"
        return Problem(status: .preconditionRequired, title: title, tries: tries).response
    }

    private static var noRoom: Response {
        let title = "the disk of the server is full, it must be sent again later"
        return Problem(status: .serviceUnavailable, title: title, retryAfterSeconds: 300).response
    }

    private static var unavailable: Response {
        let title = "the submission was not stored, it must be sent again"
        return Problem(status: .serviceUnavailable, title: title, retryAfterSeconds: 5).response
    }
}
