import Bench
import Foundation
import Testing

struct CrashTestTests {
  @Test func `a program that is missing is named`() async {
    let binary = "/nowhere/parlance"
    await #expect(throws: CrashFault.missing(binary)) {
      try await CrashTest(CrashOptions(binary: binary, root: "/")).run()
    }
  }

  @Test func `a program that ends by itself is found out`() async throws {
    var options = CrashOptions(binary: "/bin/ls", root: "/")
    options.rounds = 1
    options.shortShare = 0
    options.lifeSeconds = 0.3...0.3
    await #expect {
      try await CrashTest(options).run()
    } throws: { error in
      guard case CrashFault.didNotStart(let log) = error else { return false }
      let folder = URL(fileURLWithPath: log).deletingLastPathComponent()
      let isKept = FileManager.default.fileExists(atPath: log)
      try FileManager.default.removeItem(at: folder)
      return isKept
    }
  }

  @Test func `a report with a violation says so`() {
    var report = CrashReport()
    #expect(report.description.contains("passed"))
    report.faults = ["one thing was lost"]
    report.evidence = "/tmp/there"
    #expect(report.description.contains("FAILED:\n  one thing was lost"))
    #expect(report.description.contains("/tmp/there"))
    #expect(!report.description.contains("passed"))
  }
}
