import Accounts
import Channels
package import Conversation
package import Storage

/// The program under simulation: the real engine with its flows, and what the simulator has to
/// know of them to talk with it.
package struct SimulatedSystem: Sendable {
  package struct Line: Sendable {
    package let channel: Channel
    /// nil where the person's side fetches.
    package let limits: SendLimits?
    /// The channel's share of the people, in proportion to the others'.
    package let share: Int
    /// What matters of it to sending: windows and reports. Nil where there are neither.
    package let capabilities: Capabilities?

    package init(
      _ channel: Channel, limits: SendLimits?, share: Int, capabilities: Capabilities? = nil
    ) {
      self.channel = channel
      self.limits = limits
      self.share = share
      self.capabilities = capabilities
    }
  }

  package let engine: Engine
  package let migrations: [Migration]
  package let handlers: [JobHandler]
  package let lines: [Line]
  /// What people type, besides presses and commands. Nil when any text will do and the flows
  /// count each in `Effects`.
  package let vocabulary: [String]?
  /// Whether a timer that rings sets the next one: such a world never rests by itself.
  package let renewsTimers: Bool
  /// How a job ends that no fault strikes.
  package let outcome: @Sendable (Job) -> JobOutcome
  /// What a sender goes by when it may not write freely.
  package let windowRules: WindowRules
  /// Nil when people link their channels themselves.
  package let link: Link?

  package init(
    engine: Engine, migrations: [Migration], handlers: [JobHandler], lines: [Line],
    vocabulary: [String]?, renewsTimers: Bool = false,
    windowRules: WindowRules = .none, link: Link? = nil,
    outcome: @escaping @Sendable (Job) -> JobOutcome
  ) {
    self.windowRules = windowRules
    self.link = link
    self.engine = engine
    self.migrations = migrations
    self.handlers = handlers
    self.lines = lines
    self.vocabulary = vocabulary
    self.renewsTimers = renewsTimers
    self.outcome = outcome
  }
}

extension SimulatedSystem {
  /// A system whose flows do little but count, so that every promise can be checked exactly.
  package static func smallTalk(seed: UInt64) throws -> SimulatedSystem {
    let phrasebook = Phrasebook([
      try PhraseCatalogue(yaml: SmallTalk.phrases, file: "small-talk.yaml")
    ])
    let telegram = Capabilities(
      textLengthMax: 4_096, buttonsMax: 8, buttonTitleLengthMax: 40, settlesButtons: true,
      isPushed: true)
    // People pause for up to eighteen seconds: the window of ten closes again and again.
    let whatsapp = Capabilities(
      textLengthMax: 4_096, buttonsMax: 8, buttonTitleLengthMax: 40, settlesButtons: false,
      isPushed: true, windowMs: 70_000, reportsDeliveries: true)
    let webchat = Capabilities(
      textLengthMax: 8_000, buttonsMax: 8, buttonTitleLengthMax: 40, settlesButtons: true,
      isPushed: false)
    let engine = Engine(
      phrasebook: phrasebook, flows: SmallTalk.flows, home: SmallTalk.home,
      welcome: SmallTalk.welcome,
      commands: [
        Command("menu", .goHome), Command("aside", .open(SmallTalk.aside, argument: nil)),
        Command("help", .explain { turn in try turn.say(Reply("Help")) }),
      ],
      timers: [SmallTalk.alarm],
      capabilities: [
        .telegram: telegram, .webchat: webchat, .whatsapp: whatsapp,
        .sms: SMSPort.capabilities,
      ],
      ids: IDSource(seed: seed))
    return SimulatedSystem(
      engine: engine,
      migrations: ConversationSchema.migrations + Accounts.migrations + SMSLedger.migrations,
      handlers: [
        JobHandler(SmallTalk.work, attemptsMax: 4, timeLimitMs: 60_000) { _ in .done(result: "") },
        JobHandler(SmallTalk.stubbornWork, attemptsMax: 2, timeLimitMs: 20_000) { _ in
          .done(result: "")
        },
      ],
      lines: [
        Line(
          .telegram,
          limits: SendLimits(
            perSecond: 30, chatSpacingMs: 1_000, chatBurst: 3, concurrencyMax: 16), share: 3),
        Line(
          .whatsapp,
          limits: SendLimits(
            perSecond: 20, chatSpacingMs: 500, chatBurst: 1, concurrencyMax: 8), share: 2,
          capabilities: whatsapp),
        Line(
          .sms, limits: SMSPort.limits, share: 2, capabilities: SMSPort.capabilities),
        Line(.webchat, limits: nil, share: 5),
      ],
      vocabulary: nil,
      windowRules: WindowRules(
        templates: try TemplateCatalogue(yaml: SmallTalk.templates, file: "small-talk.yaml"),
        channels: [.sms: SMSPort.capabilities]),
      link: Self.link(by: accounts, ids: IDSource(seed: seed &+ 1)),
      outcome: { .done(result: $0.payload) })
  }

  private static var accounts: Accounts {
    let keys = AccountKeys(secret: Array("simulated".utf8)) { Array(repeating: 0, count: $0) }
    return Accounts(
      keepers: [ConversationData.keeper(stopList: nil)], keys: keys,
      reach: Accounts.Reach(publicURL: nil, localURL: "http://localhost"))
  }
}
