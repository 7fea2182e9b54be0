import Conversation
package import Language
import Yams

/// A subject with questions from easy to hard: what a guided conversation asks, and what somebody
/// can speak about.
package struct TalkTopic: Sendable, Equatable {
  package struct Question: Sendable, Equatable {
    package let id: String
    package let levels: [CEFRLevel]
    package let ask: String
    /// How an answer may begin.
    package let starter: String
    let afterYes: String?
    let afterNo: String?
    let afterAny: String?

    /// What is asked next, by how the answer begins. Nothing of the answer is understood but a yes
    /// or a no.
    func followUp(to answer: String) -> String? {
      let first = TypedAnswer.normalise(answer).split { !$0.isLetter }.first.map(String.init)
      switch first {
      case "yes", "yeah", "yep", "sure": return afterYes ?? afterAny
      case "no", "nope", "never": return afterNo ?? afterAny
      case _: return afterAny
      }
    }
  }

  package let id: String
  package let order: Int
  package let title: LocalisedText
  package let questions: [Question]

  package subscript(question id: String) -> Question? { questions.first { $0.id == id } }

  /// The questions of a level, or of the nearest that has some.
  func questions(level: CEFRLevel) -> [Question] {
    func distance(_ question: Question) -> Int {
      question.levels.map { abs($0.rank - level.rank) }.min() ?? .max
    }
    let nearest = questions.map(distance).min()
    return questions.filter { distance($0) == nearest }
  }
}

/// The files of `Curriculum/talk/`.
package struct TalkTopics: Sendable {
  package let topics: [TalkTopic]

  /// - Throws: `ContentFaults` with everything that is wrong with any of the files.
  package init(_ files: [ContentFolder.File]) throws(ContentFaults) {
    var (topics, faults) = ContentFolder.read(files) { file throws(ContentFaults) in
      try TalkTopic(file)
    }
    if faults.isEmpty, topics.isEmpty {
      faults.append(ContentFault(file: "talk", line: 1, problem: "has no topics"))
    }
    guard faults.isEmpty else { throw ContentFaults(faults) }
    self.topics = topics.sorted { ($0.order, $0.id) < ($1.order, $1.id) }
  }

  package subscript(id: String) -> TalkTopic? { topics.first { $0.id == id } }
}

extension TalkTopic {
  private static let questionLengthMax = 160
  private static let starterLengthMax = 80

  init(_ file: ContentFolder.File) throws(ContentFaults) {
    var reader = ContentReader(file: file.name)
    let root: Node
    do { root = try reader.root(file.text) } catch { throw ContentFaults([error]) }
    reader.allow(["id", "order", "title", "questions"], in: root)
    id = reader.text("id", in: root, lengthMax: 30)
    if id != file.stem { reader.fault(root, "`id` must be the file's name, \(file.stem)") }
    order = reader.integer("order", in: root, 1...1_000)
    title = reader.translated(
      "title", in: root, required: [.english, .persian, .arabic], lengthMax: 24)
    questions = reader.list("questions", in: root, count: 3...60).map {
      Self.question($0, &reader)
    }
    if Set(questions.map(\.id)).count != questions.count {
      reader.fault(root, "two questions have the same id")
    }
    guard reader.faults.isEmpty else { throw ContentFaults(reader.faults) }
  }

  private static func question(_ node: Node, _ reader: inout ContentReader) -> Question {
    reader.allow(["id", "levels", "ask", "starter", "if_yes", "if_no", "more"], in: node)
    let levels = reader.texts("levels", in: node, count: 1...7, lengthMax: 2).compactMap {
      CEFRLevel(rawValue: $0)
    }
    if levels.isEmpty { reader.fault(node, "`levels` names no level") }
    let follow = ["if_yes", "if_no", "more"].map { key in
      node[key] == nil ? nil : reader.text(key, in: node, lengthMax: questionLengthMax)
    }
    return Question(
      id: reader.text("id", in: node, lengthMax: 10), levels: levels,
      ask: reader.text("ask", in: node, lengthMax: questionLengthMax),
      starter: reader.text("starter", in: node, lengthMax: starterLengthMax),
      afterYes: follow[0], afterNo: follow[1], afterAny: follow[2])
  }
}
