// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds the house builds its yardsticks.
let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "SealedIntake", path: "..")],
    targets: [
        .executableTarget(
            name: "MakeDeployment",
            dependencies: [.product(name: "SealedIntake", package: "SealedIntake")]
        ),
        .executableTarget(
            name: "LoadSubmissions",
            dependencies: [.product(name: "SealedIntake", package: "SealedIntake")]
        ),
        .executableTarget(
            name: "MakeBundle",
            dependencies: [.product(name: "SealedIntake", package: "SealedIntake")]
        ),
        .executableTarget(
            name: "WalkTree",
            dependencies: [.product(name: "SealedIntake", package: "SealedIntake")]
        ),
    ],
    swiftLanguageModes: [.v6]
)
