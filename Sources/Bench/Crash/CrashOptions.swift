/// How long and how hard to try, and where the pieces are.
package struct CrashOptions: Sendable {
  /// The release build of this program.
  package var binary: String
  /// The repository's root: the program runs in it.
  package var root: String
  /// How often the process is killed.
  package var rounds = 200
  /// The same seed draws the same load, faults and moments of death.
  package var seed: UInt64 = 1
  package var telegramChats = 300
  package var webChats = 150
  /// A process lives this long, counted from its start …
  package var lifeSeconds = 0.1...1.5
  /// … but this share of them only so long that most die before they listen.
  package var shortShare = 0.2
  package var shortLifeSeconds = 0.005...0.1
  /// Less than this much load would prove too little.
  package var messagesPerSecondMin = 150.0
  /// Once the killing is over, every answer has to be out within this time.
  package var drainSecondsMax = 90.0

  package init(binary: String, root: String) {
    self.binary = binary
    self.root = root
  }
}

package enum CrashFault: Error, Equatable, CustomStringConvertible {
  case missing(String)
  case didNotStart(log: String)

  package var description: String {
    switch self {
    case .missing(let what): "\(what) is missing: build the release first"
    case .didNotStart(let log): "the server did not come back; its log is \(log)"
    }
  }
}
