import Accounts
import Channels
import Conversation
import Server
import Synchronization

extension SimulatedSystem {
  /// The work that flows wait for. One that is not here shows as work that is never finished.
  private static let practiceKinds: [JobKind] = [
    "practice.check", "practice.talk", "practice.voice",
  ]
  /// Nobody listens here and no text is looked at: people are told so, and go on.
  private static let noEars = JobOutcome.discard(reason: "simulated")

  /// The real tutor: onboarding, lessons and menu, with people who type what people type.
  ///
  /// - Parameter root: the folder that holds `Prompts/` and `Curriculum/`.
  package static func tutor(root: String, seed: UInt64) throws -> SimulatedSystem {
    let random = Mutex(RandomSource(seed: seed))
    let keys = AccountKeys(secret: Array("simulated".utf8)) { count in
      random.withLock { source in
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &source) }
      }
    }
    let reach = Accounts.Reach(publicURL: nil, localURL: "http://localhost")
    let product = Product.make(try ProductContent.load(root: root), keys: keys, reach: reach)
    let accounts = Accounts(
      keepers: Product.keepers(stopList: keys.stopList), keys: keys, reach: reach)
    return SimulatedSystem(
      engine: product.engine(ids: IDSource(seed: seed)),
      migrations: Product.migrations,
      handlers: practiceKinds.map { JobHandler($0) { _ in noEars } },
      lines: [
        Line(
          .telegram,
          limits: SendLimits(
            perSecond: 30, chatSpacingMs: 1_000, chatBurst: 5, concurrencyMax: 16), share: 3),
        Line(.sms, limits: SMSPort.limits, share: 1, capabilities: SMSPort.capabilities),
        Line(.webchat, limits: nil, share: 1),
      ],
      vocabulary: [
        "hello", "سلام", "Sara", "done", "skip", "back", "1", "2", "۳", "b", "10", "7:30 pm",
        "Tehran", "A2", "true", "is", "he is a nurse", "learn", "menu", "ادامه", "درست", "؟؟",
        "next lesson", "progress", "1b 2a 3d 4c",
      ],
      renewsTimers: true, link: link(by: accounts, ids: IDSource(seed: seed &+ 1)),
      outcome: { _ in noEars })
  }
}
