import Conversation
import Storage

/// Names and words of the counting flows.
enum SmallTalk {
  static let home: FlowName = "talk.home"
  static let welcome: FlowName = "talk.welcome"
  static let aside: FlowName = "talk.aside"
  static let deeper: FlowName = "talk.deeper"
  static let work: JobKind = "talk.work"
  /// Work whose end, good or bad, no flow can take.
  static let stubbornWork: JobKind = "talk.stubborn"
  static let alarmName = "talk.alarm"

  static let flows = [home, welcome, aside, deeper].map { AnyFlow(TalkFlow(name: $0)) }

  static let phrases = """
    language: en
    name: English
    words:
      stop: [stop]
      start: [start]
      menu: [menu]
    phrases:
      engine:
        stopped: "You will hear no more."
        stale_button: "That button is old."
    """

  static let templates = """
    templates:
      - name: reply_to_open
        category: utility
        parameters: []
        languages:
          en: {code: en, body: "Please write to me."}
    """

  static let alarm = TimerHandler(alarmName) { payload, turn in
    guard let alarm = Alarm(payload: payload) else { throw Violation("a timer lost its payload") }
    if alarm.isPoison { throw SimulatedFault() }
    guard turn.now >= alarm.dueAt else { throw Violation("a timer rang early") }
    guard !alarm.waitsForMorning || !Night.holds(at: turn.now) else {
      throw Violation("a timer that may wait rang at night")
    }
    try Effects.record(alarm.token, turn)
    try turn.notify(Reply(Effects.ringPrefix + alarm.token))
  }
}

/// What a timer carries, so that its handler can tell whether it rings as it was set.
struct Alarm {
  let dueAt: Timestamp
  let waitsForMorning: Bool
  let isPoison: Bool
  let token: String

  init(dueAt: Timestamp, waitsForMorning: Bool, isPoison: Bool, token: String) {
    self.dueAt = dueAt
    self.waitsForMorning = waitsForMorning
    self.isPoison = isPoison
    self.token = token
  }

  init?(payload: String) {
    let fields = payload.split(separator: "|").map(String.init)
    guard fields.count == 4, let due = Int64(fields[0]) else { return nil }
    dueAt = Timestamp(milliseconds: due)
    waitsForMorning = fields[1] == "waits"
    isPoison = fields[2] == "poison"
    token = fields[3]
  }

  var payload: String {
    "\(dueAt.milliseconds)|\(waitsForMorning ? "waits" : "rings")"
      + "|\(isPoison ? "poison" : "sound")|\(token)"
  }
}

/// The night of the zone people are taken to live in, reckoned apart from the program's own way.
enum Night {
  /// Tehran is three and a half hours ahead of UTC all year round since 2022.
  private static let offsetMinutes: Int64 = 210

  static func holds(at moment: Timestamp) -> Bool {
    let minute = (moment.milliseconds / 60_000 + offsetMinutes) % 1_440
    return minute >= 22 * 60 || minute < 8 * 60
  }
}
