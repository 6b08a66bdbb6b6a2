// swift-tools-version: 6.2

import PackageDescription

/// The settings of every Swift target. Warnings become errors in CI only, so that a newer compiler's new
/// warning never stops somebody from building a release.
let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .define("Codable", .when(traits: ["Everything"])),
    .define("Observability", .when(traits: ["Everything"])),
  ]
  + (Context.environment["MITTR_WARNINGS_AS_ERRORS"] == "1" ? [.treatAllWarnings(as: .error)] : [])

/// A product of another package. With none of its traits on, nobody who uses this package needs that one.
func product(_ name: String, _ package: String, traits: Set<String> = []) -> Target.Dependency {
  .product(
    name: name, package: package,
    condition: traits.isEmpty ? nil : .when(traits: traits.union(["Everything"])))
}

let crypto = product("Crypto", "swift-crypto")
let httpTypes = product("HTTPTypes", "swift-http-types")

/// What is built on the client needs what the client needs.
let client: Set = ["Client", "Observability", "Sandbox", "Shell"]
let asyncHTTPClient = product("AsyncHTTPClient", "async-http-client", traits: client)
let nioCore = product("NIOCore", "swift-nio", traits: client.union(["Hummingbird"]))
let nioHTTP1 = product("NIOHTTP1", "swift-nio", traits: client)
let nioHTTP2 = product("NIOHTTP2", "swift-nio-http2", traits: client)
let nioPosix = product("NIOPosix", "swift-nio", traits: client)
let nioSSL = product("NIOSSL", "swift-nio-ssl", traits: client)
let serviceLifecycle = product("ServiceLifecycle", "swift-service-lifecycle", traits: client)
let serviceLifecycleTestKit = product(
  "ServiceLifecycleTestKit", "swift-service-lifecycle", traits: client)

let hummingbird = product("Hummingbird", "hummingbird", traits: ["Hummingbird", "Sandbox"])
let hummingbirdTesting = product(
  "HummingbirdTesting", "hummingbird", traits: ["Hummingbird", "Sandbox"])

let grdb = product("GRDB", "GRDB.swift", traits: ["Sandbox"])
let hummingbirdCore = product("HummingbirdCore", "hummingbird", traits: ["Sandbox"])

let argumentParser = product(
  "ArgumentParser", "swift-argument-parser", traits: ["Sandbox", "Shell"])
let tomlKit = product("TOMLKit", "TOMLKit", traits: ["Shell"])

let coreMetrics = product("CoreMetrics", "swift-metrics", traits: ["Observability"])
let inMemoryLogging = product("InMemoryLogging", "swift-log", traits: ["Observability"])
let inMemoryTracing = product(
  "InMemoryTracing", "swift-distributed-tracing", traits: ["Observability"])
let logging = product("Logging", "swift-log", traits: ["Observability", "Sandbox"])
let metricsTestKit = product("MetricsTestKit", "swift-metrics", traits: ["Observability"])
let tracing = product("Tracing", "swift-distributed-tracing", traits: ["Observability"])

let package = Package(
  name: "mittr",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "MittrSDK", targets: ["MittrSDK"]),
    .library(name: "MittrWebhooks", targets: ["MittrWebhooks"]),
    .library(name: "MittrHummingbird", targets: ["MittrHummingbird"]),
    .library(name: "MittrSandbox", targets: ["MittrSandbox"]),
    .library(name: "MittrTesting", targets: ["MittrTesting"]),
    .library(name: "OrderedJSON", targets: ["OrderedJSON"]),
    .executable(name: "mittr", targets: ["MittrShell"]),
    .executable(name: "mittr-sandbox", targets: ["SandboxServer"]),
  ],
  // One trait stands for all, and none enables another: SwiftPM hands the compiler a flag for each enabled trait in the
  // order of a hash table, so that with two of them each build begins anew.
  traits: [
    .trait(name: "Client", description: "The client: the product MittrSDK."),
    .trait(
      name: "Codable",
      description: "Encodable payloads and Decodable answers, with FoundationEssentials."),
    .trait(name: "Everything", description: "All of these."),
    .trait(name: "Hummingbird", description: "The middleware: the product MittrHummingbird."),
    .trait(
      name: "Observability", description: "The client, with logs, metrics and traces of its calls."),
    .trait(
      name: "Sandbox",
      description: "The local server: the product MittrSandbox and the program mittr-sandbox."),
    .trait(name: "Shell", description: "The program mittr."),
    .default(enabledTraits: ["Everything"]),
  ],
  dependencies: [
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
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
      dependencies: ["Basics", asyncHTTPClient, nioCore, nioHTTP1, nioHTTP2, nioPosix, nioSSL]),
    .target(name: "OrderedJSON", dependencies: ["Basics"]),
    .target(name: "ManualPages", dependencies: ["OrderedJSON"]),
    .target(name: "MittrWebhooks", dependencies: ["Basics", "OrderedJSON", crypto, httpTypes]),
    .target(
      name: "MittrSDK",
      dependencies: [
        "Basics", "OrderedJSON", "OutboundHTTP", asyncHTTPClient, coreMetrics, logging, nioCore,
        nioHTTP1, nioPosix,
        serviceLifecycle, tracing,
      ]),
    .target(
      name: "Interpreter", dependencies: ["Basics", "OrderedJSON", "ManualPages"], exclude: ["Syntax/Grammar.ebnf"]
    ),
    .target(
      name: "WebhookReceiver",
      dependencies: [
        "Basics", "MittrWebhooks", "OutboundHTTP", asyncHTTPClient, nioCore, nioHTTP1, nioPosix,
      ]),
    .target(
      name: "ShellCommands",
      dependencies: [
        "Basics", "OrderedJSON", "OutboundHTTP", "Interpreter", "MittrSDK", "MittrWebhooks",
        "WebhookReceiver", crypto,
      ]),
    .target(name: "CLibedit", linkerSettings: [.linkedLibrary("edit")]),
    .target(name: "LineEditor", dependencies: ["Basics", "CLibedit"]),
    .target(
      name: "MittrSandbox",
      dependencies: [
        "Basics", "OrderedJSON", "OutboundHTTP", "MittrWebhooks", hummingbird, hummingbirdCore,
        asyncHTTPClient,
        httpTypes, logging, nioCore, nioHTTP1, nioPosix, serviceLifecycle, grdb,
      ]),
    .executableTarget(
      name: "MittrShell",
      dependencies: [
        "Basics", "OrderedJSON", "ManualPages", "Interpreter", "MittrSDK", "ShellCommands", "LineEditor",
        argumentParser, tomlKit,
      ]),
    .executableTarget(
      name: "SandboxServer", dependencies: ["Basics", "ManualPages", "MittrSandbox", "OutboundHTTP", argumentParser]),
    .target(name: "MittrHummingbird", dependencies: ["MittrWebhooks", hummingbird, httpTypes, nioCore]),
    .target(
      name: "MittrTesting", dependencies: ["MittrSDK", "MittrSandbox", "MittrWebhooks", "OrderedJSON", httpTypes]),

    .testTarget(name: "OrderedJSONTests", dependencies: ["Basics", "OrderedJSON", "TestSupport"]),
    .testTarget(
      name: "MittrWebhooksTests", dependencies: ["Basics", "MittrWebhooks", "OrderedJSON", crypto, httpTypes, nioHTTP1]
    ),
    .testTarget(
      name: "MittrHummingbirdTests",
      dependencies: [
        "MittrHummingbird", "MittrWebhooks", hummingbird, httpTypes, hummingbirdTesting,
      ]),
    .testTarget(
      name: "DocumentationTests",
      dependencies: [
        "MittrHummingbird", "MittrSDK", "MittrTesting", "MittrWebhooks", asyncHTTPClient, hummingbird,
        hummingbirdTesting, logging, nioCore, nioHTTP1,
      ]),
    .testTarget(
      name: "MittrTestingTests",
      dependencies: [
        "MittrHummingbird", "MittrSDK", "MittrTesting", "MittrWebhooks", hummingbird, hummingbirdTesting, httpTypes,
        nioCore,
      ]),
    .testTarget(
      name: "MittrSDKTests",
      dependencies: [
        "Basics", "MittrSDK", "MittrSandbox", "OrderedJSON", "OutboundHTTP", "TestSupport",
        asyncHTTPClient,
        coreMetrics, inMemoryLogging, inMemoryTracing, logging, metricsTestKit, nioCore, nioHTTP1,
        nioHTTP2, nioPosix,
        nioSSL, serviceLifecycle,
        serviceLifecycleTestKit, tracing,
      ]),
    .testTarget(
      name: "MittrSandboxTests",
      dependencies: [
        "Basics", "MittrSandbox", "SandboxServer", "MittrWebhooks", "OrderedJSON", "TestSupport",
        asyncHTTPClient,
        httpTypes,
        hummingbird,
        nioCore, nioHTTP1, grdb,
      ]),
    .executableTarget(
      name: "LineEditorProbe", dependencies: ["Basics", "LineEditor"], path: "Tests/LineEditorProbe"
    ),
    .target(
      name: "TestSupport", dependencies: ["Basics", "Interpreter", "CLibedit"],
      path: "Tests/TestSupport"),
    .testTarget(
      name: "LineEditorTests",
      dependencies: ["Basics", "LineEditor", "LineEditorProbe", "CLibedit", "TestSupport"]),
    .testTarget(
      name: "WebhookReceiverTests",
      dependencies: ["Basics", "OutboundHTTP", "WebhookReceiver", "MittrWebhooks", "TestSupport"]),
    .testTarget(
      name: "InterpreterTests",
      dependencies: ["Basics", "Interpreter", "OrderedJSON", "TestSupport"]),
    .testTarget(
      name: "ShellCommandsTests",
      dependencies: [
        "Basics", "ShellCommands", "Interpreter", "MittrSDK", "MittrSandbox", "MittrWebhooks",
        "OrderedJSON",
        "TestSupport",
        "WebhookReceiver",
      ]),
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "Basics", "Interpreter", "MittrSDK", "MittrSandbox", "MittrWebhooks", "OrderedJSON",
        "ShellCommands",
        "TestSupport", "WebhookReceiver",
      ]),
    .testTarget(
      name: "MittrShellTests",
      dependencies: [
        "Basics", "MittrShell", "SandboxServer", "MittrSandbox", "MittrSDK", "Interpreter",
        "LineEditor",
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
