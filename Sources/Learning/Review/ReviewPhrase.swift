import Conversation

/// What a review says.
enum ReviewPhrase: String, Phrase {
  case again = "review.again"
  case almost = "review.almost"
  case askHeard = "review.ask.heard"
  case askMeaning = "review.ask.meaning"
  case askWord = "review.ask.word"
  case done = "review.done"
  case empty = "review.empty"
  case enough = "review.enough"
  case enoughToday = "review.enough_today"
  case hint = "review.hint"
  case known = "review.known"
  case later = "review.later"
  case learn = "review.learn"
  case left = "review.left"
  case nothing = "review.nothing"
  case progress = "review.progress"
  case right = "review.right"
  case tomorrow = "review.tomorrow"
  case unclear = "review.unclear"
  case unknown = "review.unknown"
  case welcomeBack = "review.welcome_back"

  static let buttons: [ReviewPhrase] = [.enough, .hint, .learn, .progress, .unknown]
}
