import Foundation
import Testing

/// What the built programs hold and lack, as `nm` reads them.
struct BinaryTests {
    @Test func `the server has no code that opens an envelope and none of the desk's`() throws {
        let symbols = try Self.symbols(of: "intake-server")
        #expect(symbols.contains { $0.hasSuffix("crypto_box_seal") }, "nothing was read")
        for symbol in symbols {
            #expect(!symbol.contains("crypto_box_seal_open"), "\(symbol)")
            #expect(!symbol.contains("10IntakeDesk"), "\(symbol)")
            #expect(!symbol.contains("13IntakeOpening"), "\(symbol)")
        }
    }

    @Test func `the desk has no code of a network and none of the server's`() throws {
        let symbols = try Self.symbols(of: "intake-admin")
        #expect(symbols.contains { $0.hasSuffix("crypto_box_seal_open") }, "nothing was read")
        let calls = [
            "socket", "connect", "bind", "listen", "accept", "accept4", "getaddrinfo", "sendto",
            "recvfrom", "sendmsg", "recvmsg", "gethostbyname",
        ]
        let modules = ["11IntakeStore", "11Hummingbird", "7NIOCore", "8NIOPosix", "URLSession"]
        for symbol in symbols {
            let name = symbol.split(separator: "@")[0].split(separator: " ").last.map(String.init)
            #expect(!calls.contains(name ?? ""), "\(symbol)")
            for module in modules { #expect(!symbol.contains(module), "\(symbol)") }
        }
    }

    /// The lines of `nm` for a program beside this test.
    private static func symbols(of program: String) throws -> [String] {
        let url = Project.products.appending(path: program)
        try #require(FileManager.default.fileExists(atPath: url.path), "\(url.path) is not built")
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/nm")
        process.arguments = [url.path]
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
