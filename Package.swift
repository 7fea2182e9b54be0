// swift-tools-version: 6.2
import PackageDescription

let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let coreMetrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let configuration: Target.Dependency = .product(
  name: "Configuration", package: "swift-configuration")
let serviceLifecycle: Target.Dependency = .product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(
  name: "UnixSignals", package: "swift-service-lifecycle")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")

let pages = [
  "chat.html", "chat.css", "chat.js", "chat-link.js", "chat-live.js", "chat-menu.js",
  "chat-upload.js", "chat-view.js", "chat-voice.css", "chat-voice.js", "chat-words.js",
  "widget.js",
]

let package = Package(
  name: "parlance",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "parlance", targets: ["parlance"]),
    .executable(name: "parlance-speech", targets: ["parlance-speech"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Floor 1: system libraries.
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(
      name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CHunspell", pkgConfig: "hunspell", providers: [.apt(["libhunspell-dev"])]),
    .systemLibrary(
      name: "CAV", pkgConfig: "libavformat",
      providers: [
        .apt(["libavformat-dev", "libavcodec-dev", "libavutil-dev", "libswresample-dev"])
      ]),
    .systemLibrary(
      name: "CPocketsphinx", pkgConfig: "pocketsphinx",
      providers: [.apt(["libpocketsphinx-dev", "libsphinxbase-dev"])]),
    .systemLibrary(name: "CFlite", providers: [.apt(["flite1-dev"])]),
    // Floor 2: the machine.
    .target(
      name: "Storage",
      dependencies: [grdb, .product(name: "GRDBSQLite", package: "GRDB.swift")]),
    .target(name: "Transport", dependencies: ["CCurl", "COpenSSL", metrics]),
    .target(name: "Media", dependencies: ["CAV"]),
    // Floor 3: people talk.
    .target(
      name: "Conversation",
      dependencies: ["Storage", "Transport", logging, metrics, mustache, yams]),
    // Floor 4: the outside world.
    .target(name: "Channels", dependencies: ["Conversation", "Storage", "Transport", logging]),
    .target(
      name: "Language",
      dependencies: ["Conversation", "Storage", "Transport", logging, metrics, mustache, yams]),
    .target(name: "Feedback", dependencies: ["CHunspell"]),
    .target(name: "Speech", dependencies: ["Conversation", "Storage", "Transport"]),
    .target(
      name: "EmbeddedSpeech", dependencies: ["CFlite", "CPocketsphinx", "Media", "Speech"]),
    // Floor 5: one folder per capability.
    .target(name: "Onboarding", dependencies: ["Conversation", "Language", "Storage", yams]),
    .target(name: "Learning", dependencies: ["Conversation", "Language", "Storage", yams]),
    .target(name: "Accounts", dependencies: ["Conversation", "Storage", "Transport"]),
    .target(
      name: "Practice",
      dependencies: ["Conversation", "Feedback", "Language", "Speech", "Storage", yams]),
    // Floor 6: everything composed.
    .target(
      name: "Server",
      dependencies: [
        "Accounts", "Channels", "Conversation", "Feedback", "Language", "Learning", "Onboarding",
        "Practice", "Speech", "Storage", "Transport", configuration, coreMetrics, httpTypes,
        hummingbird, hummingbirdCore, logging,
        metrics, nioHTTPTypes, nioCore, serviceLifecycle, systemPackage, unixSignals,
      ],
      resources: pages.map { .embedInCode("Pages/" + $0) }),
    .target(
      name: "Simulation",
      dependencies: [
        "Accounts", "Channels", "Conversation", "Language", "Learning", "Onboarding", "Server",
        "Storage",
      ]),
    .target(
      name: "Bench",
      dependencies: [
        "Accounts", "Channels", "Conversation", "Feedback", "Learning", "Server", "Speech",
        "Storage", "Transport", httpTypes, hummingbird, hummingbirdCore, logging, nioCore, nioPosix,
      ]),
    // Floor 7: commands.
    .executableTarget(
      name: "parlance-speech", dependencies: ["EmbeddedSpeech", "Media", "Speech"]),
    .executableTarget(
      name: "parlance",
      dependencies: [
        "Bench", "Channels", "Conversation", "Server", "Simulation", "Storage", argumentParser,
        coreMetrics, logging, serviceLifecycle,
      ]),
    // Tests.
    .systemLibrary(
      name: "CTLS", path: "Tests/CTLS", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .target(
      name: "Standins",
      dependencies: [
        "CTLS", "Transport", httpTypes, hummingbird, hummingbirdCore, logging, nioCore,
        serviceLifecycle,
      ],
      path: "Tests/Standins"),
    .target(
      name: "Rehearsal", dependencies: ["Conversation", "Storage"], path: "Tests/Rehearsal"),
    .testTarget(name: "StorageTests", dependencies: ["Storage"]),
    .testTarget(name: "TransportTests", dependencies: ["Transport", "Standins"]),
    .testTarget(name: "MediaTests", dependencies: ["Media"]),
    .testTarget(
      name: "ConversationTests", dependencies: ["Conversation", "Rehearsal", "Storage", logging]),
    .testTarget(
      name: "ChannelsTests",
      dependencies: [
        "Channels", "Conversation", "Rehearsal", "Standins", "Storage", "Transport", logging,
      ],
      exclude: ["Rendering/Golden"]),
    .testTarget(
      name: "SpeechTests",
      dependencies: [
        "Conversation", "Media", "Speech", "Standins", "Storage", "Transport", "parlance-speech",
      ]),
    .testTarget(
      name: "EmbeddedSpeechTests", dependencies: ["EmbeddedSpeech", "Media", "Speech"]),
    .testTarget(
      name: "FeedbackTests", dependencies: ["Feedback"],
      exclude: ["right-sentences.json", "textbook-errors.json"]),
    .testTarget(
      name: "LanguageTests",
      dependencies: [
        "Language", "Conversation", "Rehearsal", "Standins", "Storage", "Transport", logging,
      ]),
    .testTarget(
      name: "OnboardingTests",
      dependencies: ["Onboarding", "Conversation", "Language", "Rehearsal", "Storage"]),
    .testTarget(
      name: "LearningTests",
      dependencies: ["Learning", "Conversation", "Language", "Rehearsal", "Storage"]),
    .testTarget(
      name: "PracticeTests",
      dependencies: [
        "Practice", "Conversation", "Feedback", "Language", "Learning", "Rehearsal", "Speech",
        "Standins", "Storage", "Transport", logging,
      ]),
    .testTarget(
      name: "AccountsTests",
      dependencies: [
        "Accounts", "Conversation", "Language", "Learning", "Onboarding", "Rehearsal", "Storage",
        "Transport", logging,
      ]),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "Accounts", "Server", "Channels", "Conversation", "Language", "Learning", "Rehearsal",
        "Speech", "Standins",
        "Storage", "Transport", "parlance-speech", configuration, metrics,
        logging, nioCore, serviceLifecycle,
      ]),
    .testTarget(
      name: "SimulationTests", dependencies: ["Conversation", "Rehearsal", "Simulation"]),
    .testTarget(
      name: "BenchTests", dependencies: ["Bench", "Standins", "Transport", nioCore]),
    .testTarget(name: "TidyTests"),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings =
    (target.swiftSettings ?? []) + [
      .enableUpcomingFeature("ExistentialAny"),
      .enableUpcomingFeature("ImmutableWeakCaptures"),
      .enableUpcomingFeature("InferIsolatedConformances"),
      .enableUpcomingFeature("InternalImportsByDefault"),
      .enableUpcomingFeature("MemberImportVisibility"),
      .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
      .treatAllWarnings(as: .error),
    ]
}
