import ArgumentParser
import Foundation
import Language
import Learning
import Server
import Storage

/// Content as lines of text.
enum ContentText {
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  static func list(_ entries: [LessonEntry]) -> String {
    entries.map(line).joined(separator: "\n")
  }

  /// `A1  a1-in-the-cafe  version 3 (published 2)  person Sara  In the café`
  static func line(_ entry: LessonEntry) -> String {
    let published: String
    switch entry.published {
    case nil: published = "not published"
    case entry.version: published = "published"
    case let older?: published = "published \(older)"
    }
    let fault = entry.isUnreadable ? "  UNREADABLE" : ""
    return "\(entry.level)  \(entry.id)  version \(entry.version) (\(published))  "
      + "\(entry.origin.rawValue) \(entry.author)  \(entry.title)\(fault)"
  }

  static func history(_ events: [LessonEvent]) -> String {
    guard !events.isEmpty else { return "Nobody has changed it: it is as its file has it." }
    return events.map { event in
      let origin = event.origin == .model && event.action == .saved ? " (a model's draft)" : ""
      let at = Date(timeIntervalSince1970: Double(event.at.milliseconds) / 1_000)
      return "\(at.formatted(.iso8601))  version \(event.version)  \(event.action.rawValue)  "
        + event.author + origin
    }.joined(separator: "\n")
  }

  static func statistics(_ statistics: LessonStatistics) -> String {
    var lines = [
      "\(statistics.lesson) version \(statistics.version): "
        + "\(statistics.feedback.likes) 👍, \(statistics.feedback.dislikes) 👎"
    ]
    lines += statistics.feedback.words.map { "  “\($0)”" }
    for activity in statistics.activities {
      let discrimination = activity.discrimination.map { ", discrimination \(rounded($0))" } ?? ""
      lines.append(
        "\(activity.activity + 1). \(activity.kind): \(activity.answers) answers, "
          + "right \(Int((activity.share * 100).rounded()))%\(discrimination)")
      lines += activity.wrongAnswers.map { "   wrong: “\($0.text)” (\($0.learners) learners)" }
    }
    if statistics.activities.isEmpty { lines.append("Nobody has answered anything yet.") }
    return lines.joined(separator: "\n")
  }

  private static func rounded(_ number: Double) -> String {
    number.formatted(.number.precision(.fractionLength(2)).locale(Locale(identifier: "en")))
  }

  /// Without the newline that printing adds.
  static func trimmed(_ text: String) -> String {
    text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  static func read(_ file: String) throws -> String {
    let data = try Data(contentsOf: URL(filePath: file))
    guard data.count <= LessonFile.streamBytesMax else {
      throw ValidationError("\(file) is too large.")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw ValidationError("\(file) is not UTF-8.")
    }
    return text
  }

  /// What went wrong, as somebody at a terminal can use it.
  static func failure(_ error: any Error) -> any Error {
    guard let fault = error as? LessonDeskFault else { return error }
    return Failed(description: text(of: fault))
  }

  private static func text(of fault: LessonDeskFault) -> String {
    switch fault {
    case .unknown(let id): "There is no such lesson or version: \(id)."
    case .conflict(let lesson, let read, let current):
      """
      \(lesson) is at version \(current), and this was made from \
      \(read.map { "version \($0)" } ?? "no version"). Nothing was changed. Export it again, put \
      both together, and import that.
      """
    case .unsound(let faults):
      "Nothing was changed:\n" + faults.map(\.description).joined(separator: "\n")
    case .tooLarge: "It is too large."
    case .full: "There are more lessons than can be kept."
    }
  }
}
