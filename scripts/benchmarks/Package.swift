// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that what the benchmarks need stays out of the graph of those who depend on mittr.
let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "mittr", path: "../.."),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "VerifyBenchmark",
      dependencies: [
        .product(name: "MittrWebhooks", package: "mittr"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ]),
    .executableTarget(name: "DoctorBenchmark", dependencies: [.product(name: "MittrWebhooks", package: "mittr")]),
    .target(name: "events"),
    .executableTarget(name: "measure"),
    .executableTarget(name: "type-keys"),
    .executableTarget(name: "generate-events", dependencies: ["events"]),
    .executableTarget(name: "event-server", dependencies: ["events"]),
  ],
  swiftLanguageModes: [.v6]
)
