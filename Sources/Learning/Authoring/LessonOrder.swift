package import Language

/// What somebody wants a draft of a lesson to be about.
package struct LessonOrder: Sendable, Equatable, Codable {
  package static let titleLengthMax = 60
  package static let aimsCount = 1...3
  package static let aimLengthMax = 120
  static let minutes = 8
  private static let idLengthMax = 40
  private static let orderStep = 10

  /// In English.
  package let title: String
  package let level: CEFRLevel
  package let category: String
  /// In English.
  package let aims: [String]

  /// Whether it can be worked off, `problem` says.
  package init(title: String, level: CEFRLevel, category: String, aims: [String]) {
    self.title = title
    self.level = level
    self.category = category
    self.aims = aims
  }

  /// - Returns: nil when there is no level of that name.
  package init?(title: String, level: String, category: String, aims: [String]) {
    guard let level = CEFRLevel(rawValue: level.uppercased()) else { return nil }
    self.init(title: title, level: level, category: category, aims: aims)
  }

  /// What keeps it from being worked off; nil when nothing does.
  package var problem: String? {
    if Self.slug(title).isEmpty || title.count > Self.titleLengthMax {
      return "the title needs English words, at most \(Self.titleLengthMax) characters"
    }
    if !LessonReader.levels.contains(level) { return "the level is one of A0 to C1" }
    if !LessonReader.categories.contains(category) {
      return "the category is one of " + LessonReader.categories.joined(separator: ", ")
    }
    let areShort = aims.allSatisfy { !$0.isEmpty && $0.count <= Self.aimLengthMax }
    if !Self.aimsCount.contains(aims.count) || !areShort {
      return "there are one to three aims of at most \(Self.aimLengthMax) characters"
    }
    return nil
  }

  /// A name for the lesson that `isTaken` does not know yet.
  package func id(isTaken: (String) throws -> Bool) rethrows -> String {
    let name = level.rawValue.lowercased() + "-" + Self.slug(title)
    var number = 1
    while true {
      let ending = number == 1 ? "" : "-\(number)"
      let id = String(name.prefix(Self.idLengthMax - ending.count)) + ending
      if try !isTaken(id) { return id }
      number += 1
    }
  }

  /// A free place at the end of the level.
  func place(in curriculum: Curriculum) -> Int {
    let last = curriculum.lessons.filter { $0.level == level }.map(\.order).max() ?? 0
    return last + Self.orderStep
  }

  private static func slug(_ text: String) -> String {
    text.lowercased().replacing("'", with: "").replacing("’", with: "")
      .split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.joined(separator: "-")
  }
}
