import Conversation
import Language

/// What a level test looks at: each part is asked as its lessons ask it, so that it says something
/// of its skills. Speaking and free writing are judged too loosely for a test.
enum LevelTestPart: CaseIterable, Sendable {
  /// Words and grammar.
  case language
  /// Questions about a text that is shown with them.
  case reading
  /// Questions about what is heard, or read where nothing can be heard.
  case listening

  /// How many questions it has where the level's lessons have enough of each.
  var count: Int {
    switch self {
    case .language: 5
    case .reading: 4
    case .listening: 3
    }
  }

  /// How many of one lesson stand together: a text is worth more than one question.
  private var countPerLesson: Int { self == .reading ? 2 : 1 }

  var kinds: Set<ActivityKind> {
    switch self {
    case .language:
      [
        .fillBlank, .sentenceReordering, .imageSelection, .spelling, .grammarCorrection,
        .vocabularyMatching, .dialogueCompletion, .oddOneOut, .categorisation, .wordFormation,
        .clozePassage,
      ]
    case .reading: [.multipleChoice, .trueFalse, .shortAnswer]
    case .listening: [.listeningComprehension]
    }
  }

  /// A dozen of the lessons' activities, part after part, no more of one lesson than needed. What a
  /// part lacks is made up by the others.
  static func draw(
    _ all: [Lesson], itemsMax: Int, using random: inout RandomSource
  ) -> [LevelTestState.Item] {
    let lessons = all.shuffled(using: &random)
    let dealt = allCases.map { $0.deal(lessons, using: &random) }
    var counts = zip(allCases, dealt).map { min($0.count, $1.count) }
    for part in counts.indices {
      let missing = itemsMax - counts.reduce(0, +)
      counts[part] += min(missing, dealt[part].count - counts[part])
    }
    return zip(dealt, counts).flatMap { items, count in together(Array(items.prefix(count))) }
  }

  /// Everything there is for this part, a few of each lesson in turn.
  private func deal(
    _ lessons: [Lesson], using random: inout RandomSource
  ) -> [LevelTestState.Item] {
    var piles = lessons.map { lesson in
      lesson.activities.indices.filter { kinds.contains(lesson.activities[$0].kind) }
        .map { LevelTestState.Item(lesson: lesson.id, activity: $0) }
        .shuffled(using: &random)
    }
    var items: [LevelTestState.Item] = []
    while piles.contains(where: { !$0.isEmpty }) {
      for index in piles.indices {
        items += piles[index].prefix(countPerLesson)
        piles[index] = Array(piles[index].dropFirst(countPerLesson))
      }
    }
    return items
  }

  /// The same with all of one lesson side by side.
  private static func together(_ items: [LevelTestState.Item]) -> [LevelTestState.Item] {
    var lessons: [String] = []
    for item in items where !lessons.contains(item.lesson) { lessons.append(item.lesson) }
    return lessons.flatMap { lesson in items.filter { $0.lesson == lesson } }
  }
}
