import NIOCore

/// Counts what comes in from the wire, before anything is read of it: also of heads that are not
/// whole yet.
final class WireCount: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let tell: (Int) -> Void

    init(tell: @escaping (Int) -> Void) {
        self.tell = tell
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        tell(unwrapInboundIn(data).readableBytes)
        context.fireChannelRead(data)
    }
}
