/// How a voice message answers an activity.
struct VoiceTask: Sendable {
  /// What should be said; nil when it is the learner's own words.
  let expected: String?
  let score: @Sendable (String) -> Score

  var words: LessonReading.Words { expected == nil ? .own : .given }
}
