// swift-tools-version: 6.2
import PackageDescription

/// Which room is built: `INTAKE_ROOM=protocol|server|desk`, or all of the house.
///
/// One room with what it stands on: work on the protocol or the desk never waits for the web
/// server's packages.
let room = Context.environment["INTAKE_ROOM"] ?? "all"
let hasServer = room == "all" || room == "server"
let hasDesk = room == "all" || room == "desk"

/// The protocol and the page also run as Embedded Swift in a browser: what that cannot do is an
/// error in every build.
let embeddable: [SwiftSetting] = [.treatWarning("EmbeddedRestrictions", as: .error)]

var dependencies: [Package.Dependency] = []
var products: [Product] = [
    .library(name: "SealedIntake", targets: ["SealedIntake"]),
    .library(name: "IntakePage", type: .static, targets: ["IntakePage"]),
]
var targets: [Target] = [
    .systemLibrary(
        name: "CSodium",
        pkgConfig: "libsodium",
        providers: [.apt(["libsodium-dev"])]
    ),
    .target(name: "SealedIntake", dependencies: ["CSodium"], swiftSettings: embeddable),
    .target(
        name: "IntakeOpening",
        dependencies: ["CSodium", "SealedIntake"],
        swiftSettings: embeddable
    ),
    .target(
        name: "IntakePage",
        dependencies: ["SealedIntake", "IntakeOpening"],
        exclude: ["C", "Web"],
        swiftSettings: embeddable
    ),
    // What tests stand on; no part of the house.
    .target(name: "Stage", dependencies: ["SealedIntake"], path: "Tests/Stage"),
    .testTarget(
        name: "SealedIntakeTests",
        dependencies: ["SealedIntake", "IntakeOpening", "Stage"]
    ),
    .testTarget(
        name: "IntakePageTests",
        dependencies: ["IntakePage", "SealedIntake", "IntakeOpening", "Stage"]
    ),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)

let yams = Target.Dependency.product(name: "Yams", package: "Yams")

if hasServer || hasDesk {
    targets += [
        .target(name: "IntakeConsole", dependencies: ["SealedIntake"]),
        .testTarget(name: "IntakeConsoleTests", dependencies: ["IntakeConsole", "SealedIntake"]),
    ]
    dependencies += [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    ]
}
if hasServer {
    dependencies += [
        .package(
            url: "https://github.com/hummingbird-project/hummingbird",
            exact: "2.28.1",
            traits: []
        ),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ]
    products.append(.executable(name: "intake-server", targets: ["intake-server"]))
    targets += [
        .systemLibrary(
            name: "CBrotli",
            pkgConfig: "libbrotlienc",
            providers: [.apt(["libbrotli-dev"])]
        ),
        .target(
            name: "IntakeStore",
            dependencies: [
                "SealedIntake",
                "IntakeConsole",
                grdb,
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        .executableTarget(
            name: "intake-server",
            dependencies: [
                "CBrotli",
                "SealedIntake",
                "IntakeConsole",
                "IntakeStore",
                argumentParser,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(name: "IntakeServerTests", dependencies: ["intake-server"]),
        .testTarget(
            name: "IntakeStoreTests",
            dependencies: [
                "IntakeStore", "IntakeConsole", "SealedIntake", "IntakeOpening", "Stage", grdb,
            ]
        ),
    ]
}
if hasDesk {
    dependencies.append(.package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"))
    products.append(.executable(name: "intake-admin", targets: ["intake-admin"]))
    targets += [
        .target(name: "IntakeRoots", dependencies: ["SealedIntake", "IntakeConsole"]),
        .target(name: "IntakeAudit", dependencies: ["SealedIntake", "IntakeConsole"]),
        .target(name: "IntakeTree", dependencies: ["SealedIntake", "IntakeConsole", yams]),
        .target(
            name: "IntakeDesk",
            dependencies: ["SealedIntake", "IntakeOpening", "IntakeConsole", grdb]
        ),
        .executableTarget(
            name: "intake-admin",
            dependencies: [
                "SealedIntake", "IntakeConsole", "IntakeRoots", "IntakeAudit", "IntakeDesk",
                "IntakeTree", argumentParser,
            ]
        ),
        .testTarget(
            name: "IntakeAdminTests",
            dependencies: ["intake-admin", "IntakeDesk", "IntakeTree", "SealedIntake"]
        ),
        .testTarget(name: "IntakeTreeTests", dependencies: ["IntakeTree", "SealedIntake"]),
        .testTarget(
            name: "IntakeDeskTests",
            dependencies: [
                "IntakeDesk", "IntakeRoots", "IntakeAudit", "IntakeConsole", "SealedIntake",
                "IntakeOpening", "Stage",
            ]
        ),
    ]
}
if room == "all" {
    targets += [
        .testTarget(name: "HouseTests"),
        .testTarget(
            name: "WorldTests",
            dependencies: [
                "IntakeStore", "IntakeDesk", "IntakeAudit", "IntakeConsole", "IntakePage",
                "SealedIntake", "IntakeOpening", "Stage", grdb,
            ]
        ),
    ]
}

// What the tests wait for is our own code: it is optimised in debug builds too, as it is shipped.
for target in targets where target.type == .regular {
    let optimised = SwiftSetting.unsafeFlags(["-O"], .when(configuration: .debug))
    target.swiftSettings = (target.swiftSettings ?? []) + [optimised]
}

let package = Package(
    name: "SealedIntake",
    products: products,
    dependencies: dependencies,
    targets: targets,
    swiftLanguageModes: [.v6]
)
