extension ForbiddenCall {
  /// Where the clock, identifiers and randomness enter the program.
  private static let edges = ["Sources/Server/", "Sources/parlance/", "Sources/Bench/"]
  private static let testEdges = ["Tests/Standins/", "Tests/BenchTests/"]

  static let table = crashes + concurrency + ambient + visibility

  private static let crashes = [
    ForbiddenCall(
      name: "try!", pattern: #"\btry!"#, instead: "throw, or handle the error",
      caught: "let a = try! load()", passed: "let a = try load()  // never try! this"),
    ForbiddenCall(
      name: "as!", pattern: #"\bas!"#, instead: "use `as?` with a guard",
      caught: "let a = b as! Int", passed: "let a = b as? Int"),
    ForbiddenCall(
      name: "force unwrap", pattern: #"(?<!\btry)(?<!\bas)(?<=[\w\)\]\}>"`])!(?!=)"#,
      instead: "use `guard let`, `??` or `try #require`",
      caught: "let a = items.first!.name", passed: #"if !a, b != c { say("Hello! \(a)") }"#),
    ForbiddenCall(
      name: "try? without a reason", pattern: #"\btry\?"#,
      instead: "handle the error, or say in a comment on the line or above why it may be lost",
      exemption: .anyComment,
      caught: "let a = try? load()",
      passed: "// A missing file is an empty one.\nlet a = try? load()"),
    ForbiddenCall(
      name: "fatalError", pattern: #"\bfatalError\b"#, instead: "throw an error",
      caught: #"fatalError("no")"#, passed: #"throw Fault.missing("fatalError")"#),
    ForbiddenCall(
      name: "default: without a reason", pattern: #"(?m)(^|[;{}])[ \t]*default\s*:"#,
      instead: "list the cases, or name in a comment what is open-ended here",
      exemption: .anyComment,
      caught: "switch a {\ncase .on: go()\ndefault: stop()\n}",
      passed: "switch a {\ncase 1: go()\ndefault: stop()  // any other number\n}"),
  ]

  private static let concurrency = [
    ForbiddenCall(
      name: "nonisolated(unsafe)", pattern: #"\bnonisolated\(unsafe\)"#,
      instead: "use a `Mutex`, an actor or a value",
      caught: "nonisolated(unsafe) var a = 1", passed: "nonisolated func a() {}"),
    ForbiddenCall(
      name: "@unchecked Sendable without a proof", pattern: #"@unchecked\s+Sendable\b"#,
      instead: "make it a value or guard it by a `Mutex`, or write `Proof:` right above",
      exemption: .comment(containing: "Proof:"),
      caught: "// Quite safe.\nfinal class A: @unchecked Sendable {}",
      passed: "// Proof: every access holds the lock.\nfinal class A: @unchecked Sendable {}"),
    ForbiddenCall(
      name: "sleeping in a test", pattern: #"\bTask\.sleep|\bThread\.sleep|(?<![\w.])u?sleep\("#,
      instead: "wait for a signal", within: ["Tests/"],
      caught: "try await Task.sleep(for: .seconds(1))", passed: "await signal.wait()",
      samplePath: "Tests/LearningTests/Sample.swift"),
  ]

  private static let ambient = [
    ForbiddenCall(
      name: "Date() in logic", pattern: #"\bDate\(\)|\bDate\.now\b"#,
      instead: "take the time from the turn or from the caller", allowed: edges + testEdges,
      caught: "let now = Date()", passed: "let now = turn.now"),
    ForbiddenCall(
      name: "UUID() in logic", pattern: #"\bUUID\(\)"#,
      instead: "take the id from the turn or from the caller",
      within: ["Sources/"], allowed: edges,
      caught: "let id = UUID()", passed: "let id = turn.newID()"),
    ForbiddenCall(
      name: "randomness in logic",
      pattern: #"\bSystemRandomNumberGenerator\b|\.random\((?!.*(\n.*)?\busing:)"#
        + #"|\.(shuffled|randomElement)\(\)"#,
      instead: "take a generator from the turn or from the caller", allowed: edges + testEdges,
      caught: "let a = Int.random(in: 1...6)",
      passed: "let a = Int.random(in: 0...(b / 2), using: &generator)"),
    ForbiddenCall(
      name: "print( in the program", pattern: #"(?<![\w.])(debugPrint|print|dump)\("#,
      instead: "log it", within: ["Sources/"],
      allowed: ["Sources/parlance/", "Sources/Bench/"],
      caught: #"print("here")"#, passed: #"logger.debug("here")"#),
  ]

  private static let visibility = [
    ForbiddenCall(
      name: "public", pattern: #"\bpublic\b|\bopen\s+(class|func|var)\b"#,
      instead: "use `package`, nothing here is for other packages",
      within: ["Sources/", "Tests/"],
      caught: "public struct A {}", passed: "package struct A {}")
  ]
}
