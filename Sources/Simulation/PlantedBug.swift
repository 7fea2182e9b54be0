/// A fault planted into the program's steps, to prove that the simulator bites. The steps are
/// replaced or spoilt from outside (see `Machine`); the program itself knows nothing of them.
package enum PlantedBug: String, CaseIterable, Sendable {
  /// A message is acknowledged though its commit failed.
  case acknowledgedBeforeCommit
  /// A receipt is taken for a failure, and what has arrived goes out again.
  case arrivalForgotten
  /// Who has blocked the bot is written to all the same.
  case blockIgnored
  /// A channel's hold is not kept.
  case channelHoldIgnored
  /// A channel gets more calls in a second than it may.
  case channelPaceIgnored
  /// A chat's hold is not kept.
  case chatHoldIgnored
  /// A chat gets messages faster than it may.
  case chatPaceIgnored
  /// A repeat is known by its arrival instead of its key.
  case dedupeByArrival
  /// A conversation forgets that it has something to send.
  case dueForgotten
  /// A report that overtakes the answer to its call is dropped.
  case earlyReportLost
  /// Staff takes over and the bot goes on talking.
  case epochIgnored
  /// A failed step's writes are kept.
  case failedTurnHalfKept
  /// A message whose turn failed is acknowledged and forgotten.
  case failedTurnLost
  /// A report that somebody cannot be reached is taken for a message that failed.
  case goneReportIgnored
  /// A job's result goes to whichever flow is on top.
  case jobBroughtElsewhere
  /// A job's result comes twice.
  case jobBroughtTwice
  /// Work is handed to a second worker while the first still holds it.
  case jobLeaseIgnored
  /// Stuck work stays stuck.
  case jobNeverRescued
  /// Every call is taken for a success.
  case outcomeIgnored
  /// A conversation's number of messages is not saved.
  case positionNotSaved
  /// Timers ring at night.
  case quietHoursIgnored
  /// A start does not look at what was under way.
  case recoveryMissing
  /// A message that went out goes out again.
  case resentAfterAccepted
  /// A call is settled before it has ended, so the next overtakes it.
  case settledBeforeItEnded
  /// It is not remembered which SMS may have gone out.
  case smsForgotten
  /// An SMS provider that asks to wait is called all the same.
  case smsHoldIgnored
  /// More SMS go out than may.
  case smsLimitIgnored
  /// A message that was read is merely sent again.
  case statusGoesBack
  /// A stop is confirmed twice.
  case stopConfirmedTwice
  /// A stop silences one of a person's addresses only.
  case stopHeardHereOnly
  /// Who said stop is written to all the same.
  case stopIgnored
  /// Somebody is asked to write again and again.
  case templateRepeated
  /// A timer is taken off without ringing.
  case timerLost
  /// A timer rings and stays.
  case timerNotRemoved
  /// What must not be sent twice is sent again in doubt.
  case unknownResent
  /// A channel's time to write freely is not kept.
  case windowIgnored
}
