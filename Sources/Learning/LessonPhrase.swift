import Conversation

/// What lessons say.
enum LessonPhrase: String, Phrase {
  case accuracy = "lesson.accuracy"
  case aims = "lesson.aims"
  case almost = "lesson.almost"
  case askFillBlank = "lesson.ask.fill_blank"
  case askMatching = "lesson.ask.matching"
  case askMultipleChoice = "lesson.ask.multiple_choice"
  case askReordering = "lesson.ask.reordering"
  case askRepeat = "lesson.ask.repeat"
  case askTrueFalse = "lesson.ask.true_false"
  case begin = "lesson.begin"
  case beginUnclear = "lesson.begin_unclear"
  case complete = "lesson.complete"
  case falseButton = "lesson.false"
  case freezeEarned = "lesson.freeze_earned"
  case freezeUsed = "lesson.freeze_used"
  case matchingNext = "lesson.ask.matching_next"
  case menu = "lesson.menu"
  case minutes = "lesson.minutes"
  case mistakes = "lesson.mistakes"
  case next = "lesson.next"
  case noneLeft = "lesson.none_left"
  case other = "lesson.other"
  case partial = "lesson.partial"
  case reorderingMore = "lesson.ask.reordering_more"
  case rightOne = "lesson.right.one"
  case rightThree = "lesson.right.three"
  case rightTwo = "lesson.right.two"
  case skip = "lesson.skip"
  case skipped = "lesson.skipped"
  case solution = "lesson.solution"
  case streak = "lesson.streak"
  case streakOne = "lesson.streak_one"
  case trueButton = "lesson.true"
  case unclearBlank = "lesson.unclear.blank"
  case unclearBoolean = "lesson.unclear.boolean"
  case unclearChoice = "lesson.unclear.choice"
  case unclearMatching = "lesson.unclear.matching"
  case unclearReordering = "lesson.unclear.reordering"
  case undo = "lesson.undo"
  case unknown = "lesson.unknown"
  case words = "lesson.words"
  case wrong = "lesson.wrong"
  case xp = "lesson.xp"
  case xpCapped = "lesson.xp_capped"

  static let buttons: [LessonPhrase] = [
    .begin, .falseButton, .menu, .next, .other, .skip, .trueButton, .undo,
  ]
}

/// What the list of lessons says.
enum LessonListPhrase: String, Phrase {
  case earlier = "lessons.earlier"
  case later = "lessons.later"
  case list = "lessons.list"
  case unclear = "lessons.unclear"

  static let buttons: [LessonListPhrase] = [.earlier, .later]
}
