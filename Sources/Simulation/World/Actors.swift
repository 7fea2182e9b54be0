import Channels
import Conversation
import Storage

/// A message on its way from a person to the program; the provider brings it until it is
/// acknowledged.
final class Letter {
  let inbound: Inbound
  let person: Int
  /// What a counting flow does with it once, if it is a text such a flow would be given.
  let token: String?
  var arrivals = 0
  var isAcknowledged = false
  /// It has been committed, acknowledged or not.
  var isCommitted = false

  init(_ inbound: Inbound, person: Int, token: String?) {
    self.inbound = inbound
    self.person = person
    self.token = token
  }
}

/// A provider call under way.
final class FlyingCall {
  let call: OutgoingCall
  let person: Int
  let line: Int
  /// The process that makes it; its end is lost with that process.
  let process: Int
  let claimedInStep: Int
  var settleTries = 0
  /// What the provider calls the message, once it has taken it.
  var takenAs: String?
  /// How an SMS provider answered, until it is written down.
  var sms: SMSOutcome?
  /// What the pace asks of the chat, counted when the call has ended.
  var spacingMs: Int64?

  init(
    _ call: OutgoingCall, person: Int, line: Int, process: Int, claimedInStep: Int
  ) {
    self.call = call
    self.person = person
    self.line = line
    self.process = process
    self.claimedInStep = claimedInStep
  }
}

/// A job in a worker's hands.
final class RunningJob {
  let job: Job
  let process: Int

  init(_ job: Job, process: Int) {
    self.job = job
    self.process = process
  }
}

/// Somebody who talks with the program: how things truly are, and how the program should see them
/// after what it has acknowledged.
struct Person {
  let line: Int
  let channel: Channel
  let chat: String
  var lettersCount = 0
  /// The same human on another channel, and whether the program knows.
  var partner: Int?
  var isLinked = false

  // How things are.
  var hasBlocked = false
  var buttons: [String] = []
  var olderButtons: [String] = []

  // What the program should know.
  var conversation: ID<ConversationRecord>?
  var hasBegun = false
  var hasStopped = false
  /// The stop was said on the other address.
  var hasStoppedElsewhere = false
  /// The message that confirms the newest stop.
  var stopConfirmedAt: Int?
  var isKnownBlocked = false
  var isStaffOwned = false
  var epoch = 0
  /// Texts whose turn failed, the newest last.
  var failed: [(token: String, position: Int)] = []
  /// Nothing that is due may be skipped unless the person could not be served at some time.
  var wasAlwaysServed = true
  var lastWroteInStep = -1

  // What has been sent to them.
  var head: Head?
  var settledThrough = 0
  var heldUntil: Timestamp?
  /// The same by the provider's clock, which nobody moves.
  var heldUntilMs: Int64 = 0
  var recentMessages: [Timestamp] = []
  var reports = ReportedMessages()

  // Where we may write freely for a while only.
  var windowUntil: Timestamp?
  /// The same by the provider's clock.
  var providerWindowUntilMs: Int64 = -1
  /// The newest template that asked them to write.
  var template: Head?
  var askedAt: Timestamp?

  var isServed: Bool { !isKnownBlocked && !hasStopped && !isStaffOwned }

  /// The delivery that is being tried.
  struct Head {
    let position: Int
    var attempt: Int
    var isFlying = true
    var leaseUntil: Timestamp
    /// The last try ended without the program knowing how.
    var isInDoubt = false
    var doubtsCount = 0
    var isKnownAccepted = false
  }
}
