/// What to measure, and where the pieces are.
package struct BenchmarkOptions: Sendable {
  /// Each part can be run alone, so that every number has a command of its own.
  package enum Part: String, Sendable, CaseIterable {
    case throughput
    case slowDisk = "slow-disk"
    case start
    case growth
    case sends
    case whatsAppParse = "whatsapp-parse"
    case feedback
    case learning
    case voice
  }

  /// The release build of this program.
  package var binary: String
  /// The repository's root: the program runs in it, the peers' sources are below it.
  package var root: String
  package var python = ".venv-bench/bin/python"
  package var parts = Part.allCases
  package var connections = 64
  package var chats = 1000
  package var rounds = 3
  package var secondsPerRound = 3.0
  /// The whole suite is given up after this.
  package var secondsMax = 450.0

  package init(binary: String, root: String) {
    self.binary = binary
    self.root = root
  }
}

package enum BenchmarkFault: Error, Equatable, CustomStringConvertible {
  case missing(String)
  case didNotStart(String, log: String)
  case failed(String, log: String)
  case refusedRequests(String, count: Int)
  case tookTooLong
  case interrupted

  package var description: String {
    switch self {
    case .missing(let what): "\(what) is missing: run `make bench`, which installs it"
    case .didNotStart(let name, let log): "\(name) did not start:\n\(log)"
    case .failed(let name, let log): "\(name) failed:\n\(log)"
    case .refusedRequests(let name, let count): "\(name) did not answer 200 to \(count) requests"
    case .tookTooLong: "given up: it took too long"
    case .interrupted: "interrupted"
    }
  }
}
