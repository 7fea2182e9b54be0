package import Language
package import Storage

/// A lesson as those see it who care for the content.
package struct LessonEntry: Sendable, Equatable {
  package let id: String
  /// In English.
  package let title: String
  package let level: String
  /// The newest version.
  package let version: Int
  /// The one learners get; nil while it is not published.
  package let published: Int?
  /// Of the newest version.
  package let origin: LessonOrigin
  package let author: String
  /// Nil for a file.
  package let changedAt: Timestamp?
  /// Whether this program can no longer read what was published.
  package let isUnreadable: Bool
}

/// Something that was done to a lesson.
package struct LessonEvent: Sendable, Equatable {
  package enum Action: String, Sendable, SQLConvertible {
    case saved
    case published
    case unpublished
  }

  package let version: Int
  package let action: Action
  package let author: String
  package let at: Timestamp
  /// Nil when the version is no longer kept.
  package let origin: LessonOrigin?
}

/// Who answers for a change: a name, as it will stand in the history.
package struct Author: Sendable, Equatable {
  package static let lengthMax = 60

  package let name: String

  /// - Returns: nil for a name that is empty, too long, or no single line.
  package init?(_ text: String) {
    let name = text.split(whereSeparator: { $0 == " " }).joined(separator: " ")
    let isPlain = name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    guard !name.isEmpty, name.count <= Self.lengthMax, isPlain else { return nil }
    self.name = name
  }
}

/// Why a change of a lesson was not made. Nothing has been changed then.
package enum LessonDeskFault: Error, Equatable, Sendable {
  case unknown(String)
  /// Somebody has changed it since: `read` is the version the caller knew, nil when they said none.
  case conflict(lesson: String, read: Int?, current: Int)
  /// Everything that is wrong with it.
  case unsound([ContentFault])
  /// Longer than `LessonFile.bytesMax`.
  case tooLarge
  /// More lessons than `LessonFile.streamLessonsMax`.
  case full
}
