package import Storage

/// One step's hands: who it talks with, what time it is, the open transaction, and what it wants
/// said, started and remembered. All of it takes effect together or not at all.
package final class Turn {
  /// More than this in one turn is a flow gone wrong.
  package static let repliesMax = 8

  package let conversation: ID<ConversationRecord>
  package let channel: Channel
  package let now: Timestamp
  package let database: Transaction
  package let phrasebook: Phrasebook
  /// The same in every run of the same turn.
  package var random: RandomSource
  package private(set) var person: Person

  /// The flows that wait below the one that runs, the newest last.
  package internal(set) var openFlows: [FlowName] = []
  /// Whether the flow hears of its work while another one talks with the person. What it says is
  /// then said beside the open question, without buttons but those of commands, and it can keep
  /// its state or end; it leads nowhere until it is on top again.
  package internal(set) var isInBackground = false
  /// The flow that runs; nil in a timer's or a command's own step.
  var running: Frame.Mark?

  private(set) var replies: [Planned] = []
  private(set) var hasStartedWork = false
  private let ids: IDSource
  /// Until when the channel lets us write freely; nil where it always does.
  package internal(set) var windowUntil: Timestamp?
  /// Whether a file can go with what is said here.
  package internal(set) var carriesFiles = false
  /// The position of the message that is being answered, or of the newest one.
  package let inboundPosition: Int

  struct Planned {
    let reply: Reply
    /// A notice leaves the open question as it is.
    let isNotice: Bool

    /// The same as a notice. A button of a question that is not open would be an old one.
    fileprivate var beside: Planned {
      var reply = reply
      reply.choices.removeAll { !$0.isCommand }
      reply.asksForLocation = false
      return Planned(reply: reply, isNotice: true)
    }
  }

  init(
    _ record: ConversationRecord, now: Timestamp, phrasebook: Phrasebook, ids: IDSource,
    database: Transaction
  ) {
    conversation = record.id
    channel = record.channel
    person = record.person
    windowUntil = record.windowUntil
    inboundPosition = record.position
    self.now = now
    self.phrasebook = phrasebook
    self.ids = ids
    self.database = database
    random = RandomSource(seed: record.id.text, record.position)
  }

  /// The words of a phrase in the person's language.
  package func phrase(_ phrase: any Phrase, _ values: [String: PhraseValue] = [:]) -> String {
    phrasebook.text(phrase, values, in: person.language)
  }

  /// The same by key, for keys that are made of data.
  package func phrase(key: String, _ values: [String: PhraseValue] = [:]) -> String {
    phrasebook.text(key: key, values, in: person.language)
  }

  /// Says something. What is said last in a turn is the question its buttons belong to.
  package func say(_ reply: Reply) throws {
    try plan(Planned(reply: reply, isNotice: false))
  }

  /// Says something and waits in `state`.
  package func ask<State>(_ reply: Reply, then state: State) throws -> Next<State> {
    try say(reply)
    return .wait(state)
  }

  /// Says something beside the conversation: the open question stays open.
  package func notify(_ reply: Reply) throws {
    try plan(Planned(reply: reply, isNotice: true))
  }

  private func plan(_ wanted: Planned) throws {
    let planned = isInBackground ? wanted.beside : wanted
    guard replies.count < Self.repliesMax else { throw FlowError.tooManyReplies }
    guard planned.reply.media?.fits ?? true else { throw FlowError.fileTooLarge }
    replies.append(planned)
  }

  package func newID<Subject>() -> ID<Subject> { ids.next(now) }

  /// Changes what we know of the person, for every conversation they have.
  package func update(_ person: Person) throws {
    precondition(person.id == self.person.id, "a turn changes its own person only")
    self.person = person
    try database.execute(
      """
      UPDATE people SET name = \(person.name), language = \(person.language),
        time_zone = \(person.timeZone)
      WHERE id = \(person.id)
      """)
  }

  /// From here on the conversation is another person's: two have turned out to be one, or two
  /// again. The row has been changed already; this makes the turn speak to them.
  package func become(_ person: Person) { self.person = person }

  /// Starts slow work. Its end comes back as `.finished` or `.failed` to the flow that started it,
  /// wherever that stands by then (`isInBackground`), and to nobody once it has ended. What a timer
  /// or a command starts itself comes back to the flow on top.
  package func start(_ job: JobRequest) throws {
    hasStartedWork = true
    try JobStore.insert(
      job, id: newID(), conversation: conversation, frame: running, now: now, in: database)
  }

  /// Starts slow work that outlives the conversation; nobody is told how it ends.
  package func startApart(_ job: JobRequest) throws {
    hasStartedWork = true
    try JobStore.insert(
      job, id: newID(), conversation: nil, frame: nil, now: now, in: database)
  }

  /// Sets, or moves, the timer of that name, here or in another conversation of the person.
  package func setTimer(
    _ timer: TimerRequest, in other: ID<ConversationRecord>? = nil
  ) throws {
    hasStartedWork = true
    try TimerStore.set(timer, conversation: other ?? conversation, in: database)
  }

  /// Hands on what the person wrote while this flow was busy: whatever is open in the next turn
  /// gets it as if it came only then, each text in a turn of its own.
  package func handOn(_ texts: [String]) throws {
    try KeptMessages.keep(texts, of: conversation, at: now, in: database)
    hasStartedWork = true
  }

  /// Leaves unsaid what was said: nobody may be written to here.
  func beSilent() { replies = [] }

  package func cancelTimer(_ name: String) throws {
    try TimerStore.cancel(name, conversation: conversation, in: database)
  }
}
