import Bench
import Foundation
import Testing

struct BenchmarkSuiteTests {
  @Test func `a program that is missing is named`() async {
    let binary = "/nowhere/parlance"
    let options = BenchmarkOptions(binary: binary, root: "/")
    await #expect(throws: BenchmarkFault.missing(binary)) {
      try await BenchmarkSuite.run(options)
    }
  }

  @Test func `a program that ends instead of listening is told with its last words`() async {
    let options = BenchmarkOptions(binary: "/bin/ls", root: "/")
    await #expect {
      try await BenchmarkSuite.run(options)
    } throws: { error in
      guard case BenchmarkFault.didNotStart("parlance", let log) = error else { return false }
      return log.contains("serve")
    }
  }
}
