// swift-tools-version: 6.2

import PackageDescription

/// The settings of every Swift target. Warnings become errors in CI only, so that a newer compiler's new
/// warning never stops somebody from building a release.
let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ] + (Context.environment["MITTR_WARNINGS_AS_ERRORS"] == "1" ? [.treatAllWarnings(as: .error)] : [])

let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")

let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let tomlKit = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

let package = Package(
  name: "mittr",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "MittrSDK", targets: ["MittrSDK"]),
    .library(name: "MittrWebhooks", targets: ["MittrWebhooks"]),
    .library(name: "MittrHummingbird", targets: ["MittrHummingbird"]),
    .library(name: "MittrSandbox", targets: ["MittrSandbox"]),
    .library(name: "OrderedJSON", targets: ["OrderedJSON"]),
    .executable(name: "mittr", targets: ["MittrShell"]),
    .executable(name: "mittr-sandbox", targets: ["SandboxServer"]),
  ],
  dependencies: [
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(name: "Basics"),
    .target(
      name: "OutboundHTTP",
      dependencies: ["Basics", asyncHTTPClient, nioCore, nioHTTP1, nioPosix, nioSSL]),
    .target(name: "OrderedJSON", dependencies: ["Basics"]),
    .target(name: "MittrWebhooks", dependencies: ["Basics", "OrderedJSON", crypto, httpTypes]),
    .target(
      name: "MittrSDK",
      dependencies: ["Basics", "OrderedJSON", "OutboundHTTP", asyncHTTPClient, nioCore, nioHTTP1, nioPosix]),
    .target(name: "Interpreter", dependencies: ["Basics", "OrderedJSON"], exclude: ["Syntax/Grammar.ebnf"]),
    .target(
      name: "WebhookReceiver",
      dependencies: ["Basics", "MittrWebhooks", "OutboundHTTP", asyncHTTPClient, nioCore, nioHTTP1, nioPosix]),
    .target(
      name: "ShellCommands",
      dependencies: [
        "Basics", "OrderedJSON", "OutboundHTTP", "Interpreter", "MittrSDK", "MittrWebhooks", "WebhookReceiver", crypto,
      ]),
    .target(name: "CLibedit", linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "LineEditor", dependencies: ["Basics", "CLibedit"]),
    .target(
      name: "MittrSandbox",
      dependencies: [
        "Basics", "OrderedJSON", "OutboundHTTP", "MittrWebhooks", hummingbird, hummingbirdCore, asyncHTTPClient,
        httpTypes, logging, nioCore, nioHTTP1, nioPosix, serviceLifecycle, grdb,
      ]),
    .executableTarget(
      name: "MittrShell",
      dependencies: [
        "Basics", "OrderedJSON", "Interpreter", "MittrSDK", "ShellCommands", "LineEditor", argumentParser, tomlKit,
      ]),
    .executableTarget(
      name: "SandboxServer", dependencies: ["Basics", "MittrSandbox", "OutboundHTTP", argumentParser]),
    .target(name: "MittrHummingbird", dependencies: ["MittrWebhooks", hummingbird, httpTypes, nioCore]),

    .testTarget(name: "OrderedJSONTests", dependencies: ["Basics", "OrderedJSON"]),
    .testTarget(
      name: "MittrWebhooksTests", dependencies: ["Basics", "MittrWebhooks", "OrderedJSON", crypto, httpTypes]),
    .testTarget(
      name: "MittrHummingbirdTests",
      dependencies: ["MittrHummingbird", "MittrWebhooks", hummingbird, httpTypes, hummingbirdTesting]),
    .testTarget(
      name: "MittrSDKTests",
      dependencies: [
        "Basics", "MittrSDK", "MittrSandbox", "OrderedJSON", "OutboundHTTP", "TestSupport", nioCore, nioPosix, nioSSL,
      ]),
    .testTarget(
      name: "MittrSandboxTests",
      dependencies: [
        "Basics", "MittrSandbox", "SandboxServer", "MittrWebhooks", "OrderedJSON", "TestSupport", asyncHTTPClient,
        httpTypes,
        hummingbird,
        nioCore, nioHTTP1, grdb,
      ]),
    .executableTarget(name: "LineEditorProbe", dependencies: ["Basics", "LineEditor"], path: "Tests/LineEditorProbe"),
    .target(name: "TestSupport", dependencies: ["Basics", "Interpreter", "CLibedit"], path: "Tests/TestSupport"),
    .testTarget(
      name: "LineEditorTests", dependencies: ["Basics", "LineEditor", "LineEditorProbe", "CLibedit", "TestSupport"]),
    .testTarget(
      name: "WebhookReceiverTests",
      dependencies: ["Basics", "OutboundHTTP", "WebhookReceiver", "MittrWebhooks", "TestSupport"]),
    .testTarget(name: "InterpreterTests", dependencies: ["Basics", "Interpreter", "OrderedJSON", "TestSupport"]),
    .testTarget(
      name: "ShellCommandsTests",
      dependencies: [
        "Basics", "ShellCommands", "Interpreter", "MittrSDK", "MittrSandbox", "MittrWebhooks", "OrderedJSON",
        "TestSupport",
        "WebhookReceiver",
      ]),
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "Basics", "Interpreter", "MittrSDK", "MittrSandbox", "MittrWebhooks", "OrderedJSON", "ShellCommands",
        "TestSupport", "WebhookReceiver",
      ]),
    .testTarget(
      name: "MittrShellTests",
      dependencies: [
        "Basics", "MittrShell", "SandboxServer", "MittrSandbox", "MittrSDK", "Interpreter", "LineEditor",
        "ShellCommands",
        "OrderedJSON",
        "TestSupport",
        "WebhookReceiver",
      ]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.name != "CLibedit" {
  target.swiftSettings = settings
}
