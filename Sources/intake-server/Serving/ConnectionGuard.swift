import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Stands between the wire and the endpoints on one connection: sets the fields of every
/// response, holds each request to a total time and a length, and ends the connection after a
/// refused body without swallowing the rest.
///
/// Lives on the connection's event loop.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let register: ConnectionRegister
    private var channel: (any Channel)?
    private var isReading = false
    /// Whether anything came of a request that is not whole yet.
    private var hasBegun = false
    /// Whether it is closed when all is answered, since the server ends.
    private var isLeaving = false
    private var unanswered = 0
    /// Requests that came in and whose answers are not written to their end.
    private var unwritten = 0
    /// After so many ends of answers the request that came last may go on, as it expects.
    private var endsBeforeGoAhead: Int?
    private var bodyBytes = 0
    private var lingeredBytes = 0
    private var isLingering = false
    private var closesAfterAnswer = false
    private var bareProblem: ByteBuffer?
    private var readDeadline: Scheduled<Void>?
    private var answerDeadline: Scheduled<Void>?

    init(register: ConnectionRegister) {
        self.register = register
    }

    func handlerAdded(context: ChannelHandlerContext) {
        channel = context.channel
        // Where it cannot be set it stays what it is, which only takes longer.
        try? context.channel.syncOptions?.setOption(.recvAllocator, value: GuardLimits.reading)
        let count = WireCount { [weak self] bytes in self?.received(bytes) }
        try? context.pipeline.syncOperations.addHandler(count, position: .first)
        register.add(context.channel)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        forget()
    }

    func channelInactive(context: ChannelHandlerContext) {
        forget()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        guard !isLingering else {
            linger(over: part, context)
            return
        }
        switch part {
        case .head(let request):
            begin(request, context)
            guard unanswered <= GuardLimits.mostUnanswered else {
                context.close(promise: nil)
                return
            }
        case .body(let bytes):
            endsBeforeGoAhead = nil
            bodyBytes += bytes.readableBytes
            guard bodyBytes <= GuardLimits.mostBodyBytes else {
                context.close(promise: nil)
                return
            }
        case .end:
            isReading = false
            hasBegun = false
            endsBeforeGoAhead = nil
            readDeadline?.cancel()
            register.set(.answering, of: context.channel)
        }
        context.fireChannelRead(data)
    }

    /// Whoever does nothing is let go; whoever has begun is heard to the end.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        isLeaving = true
        if unanswered == 0, !hasBegun { context.close(promise: nil) }
    }

    func write(
        context: ChannelHandlerContext,
        data: NIOAny,
        promise: EventLoopPromise<Void>?
    ) {
        switch unwrapOutboundIn(data) {
        case .head(let response) where response.status.kind == .informational:
            context.write(data, promise: promise)
        case .head(let response):
            answer(response, context, promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            if let bareProblem {
                context.write(wrapOutboundOut(.body(bareProblem)), promise: nil)
                self.bareProblem = nil
            }
            end(data, context, promise)
            unwritten = max(0, unwritten - 1)
            endsBeforeGoAhead = endsBeforeGoAhead.map { $0 - 1 }
            sayGoAhead(context)
        }
    }

    // MARK: In

    private func received(_ bytes: Int) {
        guard bytes > 0, let channel else { return }
        hasBegun = true
        register.received(bytes, from: channel)
    }

    private func begin(_ request: HTTPRequest, _ context: ChannelHandlerContext) {
        isReading = true
        unanswered += 1
        unwritten += 1
        bodyBytes = 0
        register.set(.reading, of: context.channel)
        let declared = request.headerFields[.contentLength].flatMap { Int($0) } ?? 0
        readDeadline?.cancel()
        readDeadline = closing(in: GuardLimits.readTime(declaredBytes: declared), context)
        guard case .goAhead = Expectation(of: request), declared <= GuardLimits.mostBodyBytes
        else { return }
        endsBeforeGoAhead = unwritten - 1
        sayGoAhead(context)
    }

    /// Says 100, in its turn: behind the answers to all requests before.
    private func sayGoAhead(_ context: ChannelHandlerContext) {
        guard endsBeforeGoAhead == 0 else { return }
        endsBeforeGoAhead = nil
        guard !closesAfterAnswer else { return }
        let go = HTTPResponse(status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
    }

    /// Reads a little more, so that the refusal is not lost in a reset, then ends.
    private func linger(over part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head: break
        case .body(let bytes): lingeredBytes += bytes.readableBytes
        case .end: context.close(promise: nil)
        }
        if lingeredBytes > GuardLimits.lingerBytes { context.close(promise: nil) }
    }

    // MARK: Out

    private func answer(
        _ response: HTTPResponse,
        _ context: ChannelHandlerContext,
        _ promise: EventLoopPromise<Void>?
    ) {
        var response = response
        SecurityFields.apply(to: &response)
        let isLast = register.isStopping && unanswered <= 1
        if isLast || register.isCrowded { response.headerFields[.connection] = "close" }
        closesAfterAnswer = response.headerFields[.connection] == "close"
        if response.status.kind == .clientError || response.status.kind == .serverError,
            response.headerFields[.contentType] == nil
        {
            // Made below the endpoints: a request that could not be read.
            let title =
                response.status == .badRequest
                ? "the request cannot be read, it must be HTTP/1.1" : response.status.reasonPhrase
            let json = ByteBuffer(string: Problem(status: response.status, title: title).json)
            response.headerFields[.contentType] = Problem.contentType
            response.headerFields[.contentLength] = String(json.readableBytes)
            bareProblem = json
        }
        answerDeadline?.cancel()
        let length = response.headerFields[.contentLength].flatMap { Int($0) } ?? 0
        answerDeadline = closing(in: GuardLimits.answerTime(bytes: length), context)
        context.write(wrapOutboundOut(.head(response)), promise: promise)
    }

    private func end(
        _ data: NIOAny,
        _ context: ChannelHandlerContext,
        _ promise: EventLoopPromise<Void>?
    ) {
        let written = promise ?? context.eventLoop.makePromise()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        written.futureResult.assumeIsolated().whenComplete { _ in
            let (guarding, context) = bound.value
            guarding.answered(context)
        }
        context.write(data, promise: written)
    }

    private func answered(_ context: ChannelHandlerContext) {
        answerDeadline?.cancel()
        unanswered = max(0, unanswered - 1)
        guard closesAfterAnswer || isLeaving && unanswered == 0 else {
            if unanswered == 0 { register.set(.idle, of: context.channel) }
            return
        }
        guard isReading else {
            context.close(promise: nil)
            return
        }
        isLingering = true
        readDeadline?.cancel()
        readDeadline = closing(in: GuardLimits.lingerTime, context)
        context.close(mode: .output, promise: nil)
        context.read()
    }

    // MARK: Time

    private func closing(
        in time: TimeAmount,
        _ context: ChannelHandlerContext
    ) -> Scheduled<Void> {
        let channel = context.channel
        return context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }

    private func forget() {
        readDeadline?.cancel()
        answerDeadline?.cancel()
        readDeadline = nil
        answerDeadline = nil
        if let channel { register.remove(channel) }
        channel = nil
    }
}
