import Conversation
import Storage

/// Some people are on two channels: what the program knows of that, and what follows from it.
extension World {
  /// Everybody with a plain phone has another channel, too, as far as there are people on others.
  func pairPeople() {
    let others = [Channel.whatsapp, .telegram].flatMap { channel in
      people.indices.filter { people[$0].channel == channel }
    }
    let phones = people.indices.filter { people[$0].channel == .sms }
    for (phone, other) in zip(phones, others) {
      people[phone].partner = other
      people[other].partner = phone
    }
  }

  /// Somebody makes their two channels known as one person's.
  func link(_ number: Int) throws {
    guard isUp, let link = system.link, let partner = people[number].partner,
      !people[number].isLinked, let one = people[number].conversation,
      let other = people[partner].conversation, chance.below(8) == 0
    else { return }
    try machine.write { try link(one, other, clock, $0) }
    noteLink(number, partner)
  }

  private func noteLink(_ number: Int, _ partner: Int) {
    journal.note(.linked, at: nowMs, who: number, Int64(partner))
    for address in [number, partner] {
      people[address].isLinked = true
      // To link is to want answers there: another START does not speak for it.
      people[address].hasStoppedElsewhere = false
    }
  }

  private func linkedPartner(of number: Int) -> Int? {
    people[number].isLinked ? people[number].partner : nil
  }

  func noteStop(_ number: Int) {
    silence(number)
    people[number].hasStoppedElsewhere = false
    guard let partner = linkedPartner(of: number), !people[partner].hasStopped else { return }
    silence(partner)
    people[partner].hasStoppedElsewhere = true
  }

  private func silence(_ number: Int) {
    people[number].hasStopped = true
    people[number].wasAlwaysServed = false
    people[number].stopConfirmedAt = nil
  }

  func noteStart(_ number: Int) {
    guard people[number].hasStopped else { return }
    people[number].hasStopped = false
    people[number].hasStoppedElsewhere = false
    guard let partner = linkedPartner(of: number), people[partner].hasStoppedElsewhere else {
      return
    }
    people[partner].hasStopped = false
    people[partner].hasStoppedElsewhere = false
  }

  /// Who has said stop gets one confirmation, on the address where they said it.
  func checkStop(_ call: OutgoingCall, _ number: Int) throws {
    let isConfirmation = stoppedTexts.contains(call.delivery.text)
    guard people[number].hasStopped else { return }
    guard isConfirmation, !people[number].hasStoppedElsewhere else {
      throw Violation("somebody was written to who has said stop")
    }
    let position = call.delivery.position
    guard people[number].stopConfirmedAt ?? position == position else {
      throw Violation("a stop was confirmed twice")
    }
    people[number].stopConfirmedAt = position
  }

  /// A message reaches somebody's phone.
  func phoneReceives(_ flying: FlyingCall) throws {
    let text = flying.call.delivery.text
    guard system.vocabulary == nil, Effects.isSaidOnce(text) else { return }
    let first = hearers[text] ?? flying.person
    guard first == flying.person else {
      throw Violation("a message went by two channels: persons \(first) and \(flying.person)")
    }
    hearers[text] = first
  }
}
