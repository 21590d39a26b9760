import Foundation
import Hummingbird
import HummingbirdCore
import IntakeConsole
import IntakeStore
import Logging
import NIOCore
import ServiceLifecycle

/// The HTTP server: one Unix socket or address, HTTP/1.1, no log of requests.
struct Server {
    /// Where it listens.
    enum Place {
        case address(host: String, port: Int)
        case socket(String)
    }

    let place: Place
    let responder: IntakeResponder
    let housekeeping: Housekeeping

    /// Serves until the process is asked to end.
    func run() async throws {
        // Nobody but the owner and the group of the folder, such as a proxy, uses the socket.
        umask(0o117)
        let register = ConnectionRegister()
        let silent = Logger(label: "intake-server") { _ in SwiftLogNoOpLogHandler() }
        let http = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(register: register)],
            idleTimeout: .seconds(GuardLimits.idleSeconds),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 8192,
                maxHeaderListSize: 16_384,
                maxHeaderFieldCount: 64
            )
        )
        let application = Application(
            responder: responder,
            server: .http1(configuration: http),
            configuration: ApplicationConfiguration(
                address: address,
                serverName: nil,
                backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    GuardLimits.mostConnections,
                    logger: silent
                )
            ),
            onServerRunning: { channel in
                Self.letComersIn(channel)
                Self.announce(place, channel)
            },
            logger: silent
        )
        let group = ServiceGroup(configuration: .init(services: [application], logger: silent))
        try await Stopping(register: register).run(group, beside: housekeeping)
    }

    private var address: BindAddress {
        switch place {
        case .address(let host, let port): .hostname(host, port: port)
        case .socket(let path): .unixDomainSocket(path: path)
        }
    }

    /// Those who come are let in many at a time: a crowd that asks all the while may fill each
    /// turn of a loop, of which there are few a second then.
    private static func letComersIn(_ channel: any Channel) {
        _ = channel.setOption(.maxMessagesPerRead, value: GuardLimits.comersAtOnce)
    }

    /// The one line on standard output: the port may have been chosen by the system.
    private static func announce(_ place: Place, _ channel: any Channel) {
        let line: String
        switch place {
        case .address(let host, let port):
            let name = host.contains(":") ? "[\(host)]" : host
            line = "listening on http://\(name):\(channel.localAddress?.port ?? port)\n"
        case .socket(let path): line = "listening on \(path)\n"
        }
        GivenOutput.put(line, to: STDOUT_FILENO)
    }
}
