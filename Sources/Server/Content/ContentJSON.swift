import Conversation
import Learning
import Storage

/// Content as JSON.
enum ContentJSON {
  static func list(_ entries: [LessonEntry]) -> String {
    "{\"lessons\":[\(entries.map(entry).joined(separator: ","))]}"
  }

  static func entry(_ entry: LessonEntry) -> String { "{\(members(entry))}" }

  static func lesson(_ entry: LessonEntry, _ file: LessonFile) -> String {
    """
    {\(members(entry)),"shownVersion":\(optional(file.version)),\
    "yaml":\(JSONText.quoted(file.text))}
    """
  }

  private static func members(_ entry: LessonEntry) -> String {
    """
    "id":\(JSONText.quoted(entry.id)),"title":\(JSONText.quoted(entry.title)),\
    "level":"\(entry.level)","version":\(entry.version),\
    "published":\(optional(entry.published)),"origin":"\(entry.origin.rawValue)",\
    "author":\(JSONText.quoted(entry.author)),\
    "changedAt":\(optional(entry.changedAt?.milliseconds)),"unreadable":\(entry.isUnreadable)
    """
  }

  static func history(_ events: [LessonEvent]) -> String {
    let items = events.map { event in
      """
      {"version":\(event.version),"action":"\(event.action.rawValue)",\
      "author":\(JSONText.quoted(event.author)),"at":\(event.at.milliseconds),\
      "origin":\(event.origin.map { "\"\($0.rawValue)\"" } ?? "null")}
      """
    }
    return "{\"events\":[\(items.joined(separator: ","))]}"
  }

  static func statistics(_ statistics: LessonStatistics) -> String {
    let activities = statistics.activities.map { activity in
      let wrong = activity.wrongAnswers.map {
        "{\"text\":\(JSONText.quoted($0.text)),\"learners\":\($0.learners)}"
      }
      return """
        {"activity":\(activity.activity),"kind":\(JSONText.quoted(activity.kind)),\
        "answers":\(activity.answers),"share":\(decimals(activity.share)),\
        "discrimination":\(activity.discrimination.map(decimals) ?? "null"),\
        "wrongAnswers":[\(wrong.joined(separator: ","))]}
        """
    }
    let words = statistics.feedback.words.map(JSONText.quoted)
    return """
      {"lesson":\(JSONText.quoted(statistics.lesson)),"version":\(statistics.version),\
      "likes":\(statistics.feedback.likes),"dislikes":\(statistics.feedback.dislikes),\
      "words":[\(words.joined(separator: ","))],\
      "activities":[\(activities.joined(separator: ","))]}
      """
  }

  static func draft(_ draft: DraftStore.Draft) -> String {
    """
    {"id":\(JSONText.quoted(draft.id)),"state":"\(draft.state.rawValue)",\
    "lesson":\(draft.lesson.map(JSONText.quoted) ?? "null"),\
    "fault":\(draft.fault.map(JSONText.quoted) ?? "null")}
    """
  }

  private static func optional(_ number: (some BinaryInteger)?) -> String {
    number.map { "\($0)" } ?? "null"
  }

  private static func decimals(_ number: Double) -> String {
    String((number * 1_000).rounded() / 1_000)
  }
}
