import Conversation
import Language

/// Where the person's clock is: a city from the list, a typed one, or a shared location.
struct ZoneQuestion: Question {
  func ask(_ asking: inout Asking) -> Reply {
    let turn = asking.turn
    let choices = City.offered.map { Choice($0.zone, $0.names[turn.person.language]) }
    return Reply(turn.phrase(OnboardingPhrase.askZone), choices: choices, acceptsText: true)
  }

  func answer(_ input: Input, _ asking: inout Asking) throws -> Answer {
    let turn = asking.turn
    let zone: String?
    switch input {
    case .choice(let id): zone = LocalTime.isKnown(zone: id) ? id : nil
    case .text(let text): zone = ZoneText.zone(named: text)
    case .location(let latitude, let longitude):
      zone = ZoneText.zone(latitude: latitude, longitude: longitude)
    case .attachment, .contact, .unsupported, .finished, .failed, .timer: zone = nil
    }
    guard let zone else { return .unclear(turn.phrase(OnboardingPhrase.unclearZone)) }
    var person = turn.person
    person.timeZone = zone
    try turn.update(person)
    return .taken
  }
}
