/// "the teacher teach them", "my boss ask me": one person, and a verb with its object. Sure enough
/// wherever the noun stands, because a noun in -er and an object leave no other reading.
struct OneActor {
  private static let meHimUs: Set<String> = [
    "me", "him", "us", "them", "you",
  ]

  let context: RuleContext

  private static let determiners: Set<String> = [
    "the", "my", "his", "her", "our", "your", "their", "a", "this", "that", "every", "each",
  ]
  private static let actors: Set<String> = [
    "teacher", "professor", "lecturer", "student", "employer", "doctor", "author", "writer",
    "speaker", "boss", "mother", "father", "brother", "sister", "friend", "child", "person",
    "woman", "boy", "girl", "husband", "wife", "manager", "driver", "customer", "farmer",
    "scientist", "parent", "guide", "worker", "uncle", "aunt", "neighbour", "neighbor", "lecture",
    "passage", "article", "book", "film", "story",
  ]
  /// A bare verb is right after these: "made the teacher teach", "suggested that the boss ask".
  private static let bareAfter: Set<String> = [
    "make", "makes", "made", "let", "lets", "help", "helps", "helped", "see", "saw", "watch",
    "watched", "hear", "heard", "have", "had", "making", "letting", "helping", "seeing", "and",
    "or", "of", "with", "nor", "did", "do", "does", "n't", "not", "to", "than",
  ]

  func apply(_ draft: inout Draft) {
    for index in draft.tokens.indices
    where Self.determiners.contains(draft.word(index))
      && Self.actors.contains(draft.word(index + 1))
    {
      let before = draft.word(index - 1)
      if Self.bareAfter.contains(before) || Words.modals.contains(before) { continue }
      if before == "that", Words.wishes.contains(draft.word(index - 2)) { continue }
      let place = context.afterAdverbs(draft, index + 2)
      let verb = draft.word(place)
      let classes = context.morphology.classes(verb)
      guard context.baseVerb(verb) != nil, classes.contains(.commonVerb),
        !classes.contains(.adjective), !classes.contains(.adverb),
        !context.morphology.isForm(verb, .past), !Words.modals.contains(verb),
        !["be", "do", "have", "like"].contains(verb), hasObject(draft, place + 1, classes)
      else { continue }
      draft.replace(place, context.morphology.inflect(verb, .third), .thirdPerson)
    }
  }

  private func hasObject(_ draft: Draft, _ index: Int, _ classes: Morphology.Classes) -> Bool {
    if Self.meHimUs.contains(draft.word(index)) { return true }
    return !classes.contains(.noun) && [.dt, .prpPossessive, .prp].contains(draft.tag(index))
  }
}
