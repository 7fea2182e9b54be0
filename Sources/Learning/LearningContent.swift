package import Foundation
import Language
import Conversation

/// What learning needs beside its lessons: achievements and topics.
package struct LearningContent: Sendable {
  package let achievements: AchievementShelf
  package let topics: DailyTopics

  package static let empty = LearningContent(achievements: .empty, topics: .empty)

  package init(achievements: AchievementShelf, topics: DailyTopics) {
    self.achievements = achievements
    self.topics = topics
  }

  /// Reads `achievements.yaml` and `topics.yaml` of the folder of content.
  ///
  /// - Parameter interests: the ids that a topic may name.
  /// - Throws: `ContentFaults` with everything that is wrong with a file.
  package static func load(from folder: URL, interests: Set<String>) throws -> LearningContent {
    let achievements = try ContentFolder.file(
      folder.appendingPathComponent("achievements.yaml"))
    let topics = try ContentFolder.file(folder.appendingPathComponent("topics.yaml"))
    return LearningContent(
      achievements: try AchievementShelf(achievements),
      topics: try DailyTopics(topics, interests: interests))
  }
}
