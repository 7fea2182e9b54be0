import Conversation
import Rehearsal
import Storage

/// Says what it is given, once for each message.
struct FileFlow: Flow {
  struct State: Codable, Sendable, Equatable {}

  let name: FlowName = "files"
  let version = 1
  let reads: Set<ReadableKind> = [.location]
  let replies: [Reply]
  /// Fails after it has spoken.
  var isBroken = false

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> { try speak(turn) }
  func resume(in state: State, _ turn: Turn) throws -> Next<State> { try speak(turn) }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    if case .location = input {
      return try turn.ask(Reply("There!", choices: [Choice("on", "Go on")]), then: state)
    }
    if case .text("thanks") = input { return try turn.ask(Reply("Welcome"), then: state) }
    return try speak(turn)
  }

  private func speak(_ turn: Turn) throws -> Next<State> {
    for reply in replies { try turn.say(reply) }
    if isBroken { throw Boom() }
    return .wait(State())
  }

  static func rehearsal(
    _ replies: [Reply], channel: Channel = .telegram, isBroken: Bool = false,
    links: MediaLinks? = nil
  ) throws -> Rehearsal {
    let flow = AnyFlow(FileFlow(replies: replies, isBroken: isBroken))
    let engine = Engine(
      phrasebook: Phrasebook([try PhraseCatalogue(yaml: Small.phrases, file: "small.yaml")]),
      flows: [flow], home: flow.name, welcome: flow.name, commands: [], timers: [],
      capabilities: [.telegram: carrying, .sms: Small.capabilities], ids: IDSource(seed: 3),
      mediaLinks: links)
    return try Rehearsal(
      engine: engine, migrations: ConversationSchema.migrations, channel: channel)
  }

  static let carrying = Capabilities(
    textLengthMax: 200, buttonsMax: 4, buttonTitleLengthMax: 20, settlesButtons: true,
    isPushed: true, captionLengthMax: 30, captionsVoice: false, locationForm: .keyboard)

  static func file(_ bytes: [UInt8], kind: OutgoingMedia.Kind = .image) -> OutgoingMedia {
    OutgoingMedia(kind: kind, mediaType: "image/png", fileName: "a.png", bytes: bytes)
  }
}
