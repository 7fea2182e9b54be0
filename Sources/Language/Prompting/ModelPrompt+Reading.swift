import Conversation
import Yams

extension ModelPrompt {
  private static let keys: Set<String> = [
    "task", "limits", "structure", "system", "user", "levels", "languages", "styles", "examples",
    "samples",
  ]
  private static let guideLengthMax = 600
  private static let templateLengthMax = 6_000

  /// - Throws: `ContentFaults` with everything that is wrong with the file.
  init(_ file: ContentFolder.File) throws(ContentFaults) {
    var reader = ContentReader(file: file.name)
    let root: Node
    do { root = try reader.root(file.text) } catch { throw ContentFaults([error]) }
    reader.allow(Self.keys, in: root)
    let name = reader.text("task", in: root, lengthMax: 40)
    guard let task = ModelTask(rawValue: name), name == file.stem else {
      reader.fault(root, "`task` must be the file's name, and a task the program knows")
      throw ContentFaults(reader.faults)
    }
    self.task = task
    self.file = file.name
    limits = Self.limits(root, &reader)
    structure = root["structure"].map { AnswerSchema.read($0, &reader) } ?? .object([])
    if root["structure"] == nil { reader.fault(root, "needs `structure`") }
    let system = Self.template("system", root, &reader)
    let user = Self.template("user", root, &reader)
    levels = Self.levels(root, &reader)
    languages = Self.languages(root, &reader)
    styles = Self.styles(root, task, &reader)
    examples = reader.list("examples", in: root, count: 2...24).compactMap { node in
      Self.example(node, task, &reader)
    }
    samples = reader.list("samples", in: root, count: 1...20).map { node in
      Sample(line: node.mark?.line ?? 1, input: PromptInput.read(node, task, &reader))
    }
    guard reader.faults.isEmpty, let system, let user else { throw ContentFaults(reader.faults) }
    self.system = system
    self.user = user
  }

  private static func limits(_ root: Node, _ reader: inout ContentReader) -> Limits {
    let node = root["limits"] ?? [:]
    reader.allow(
      [
        "prompt_tokens", "answer_tokens", "deadline_seconds", "temperature_percent",
        "learner_characters",
      ], in: node)
    return Limits(
      promptTokens: reader.integer("prompt_tokens", in: node, 200...16_000),
      answerTokens: reader.integer("answer_tokens", in: node, 50...8_000),
      deadlineMs: Int64(reader.integer("deadline_seconds", in: node, 2...120)) * 1_000,
      temperature: Double(reader.integer("temperature_percent", in: node, 0...200)) / 100,
      learnerCharacters: reader.integer("learner_characters", in: node, 100...8_000))
  }

  private static func template(
    _ key: String, _ root: Node, _ reader: inout ContentReader
  ) -> PromptTemplate? {
    let source = reader.text(key, in: root, lengthMax: templateLengthMax)
    let node = root[key] ?? root
    do {
      return try PromptTemplate(source, line: node.mark?.line ?? 1)
    } catch {
      reader.fault(node, "`\(key)` is no template: \(error)")
      return nil
    }
  }

  private static func levels(_ root: Node, _ reader: inout ContentReader) -> [CEFRLevel: String] {
    let node = root["levels"] ?? [:]
    reader.allow(Set(CEFRLevel.allCases.map(\.rawValue)), in: node)
    var guides: [CEFRLevel: String] = [:]
    for level in CEFRLevel.allCases {
      guides[level] = reader.text(level.rawValue, in: node, lengthMax: guideLengthMax)
    }
    return guides
  }

  private static func languages(
    _ root: Node, _ reader: inout ContentReader
  ) -> [LanguageCode: String] {
    let texts = reader.translated(
      "languages", in: root, required: [.english, .persian, .arabic], lengthMax: guideLengthMax)
    return Dictionary(uniqueKeysWithValues: texts.languages.map { ($0, texts[$0]) })
  }

  private static func styles(
    _ root: Node, _ task: ModelTask, _ reader: inout ContentReader
  ) -> [CorrectionStyle: String] {
    guard task == .partner else {
      if let node = root["styles"] { reader.fault(node, "only `partner` has styles") }
      return [:]
    }
    let node = root["styles"] ?? [:]
    reader.allow(Set(CorrectionStyle.allCases.map(\.rawValue)), in: node)
    var styles: [CorrectionStyle: String] = [:]
    for style in CorrectionStyle.allCases {
      styles[style] = reader.text(style.rawValue, in: node, lengthMax: guideLengthMax)
    }
    return styles
  }

  private static func example(
    _ node: Node, _ task: ModelTask, _ reader: inout ContentReader
  ) -> Example? {
    let level = CEFRLevel(rawValue: reader.text("level", in: node, lengthMax: 2))
    let language = LanguageCode(reader.text("language", in: node, lengthMax: 2))
    let input = PromptInput.read(node, task, &reader)
    guard let level else {
      reader.fault(node, "`level` must be a level from A0 to C2")
      return nil
    }
    guard let answer = node["answer"].flatMap(JSON.init) else {
      reader.fault(node, "needs an `answer`")
      return nil
    }
    return Example(language: language, level: level, input: input, answer: answer)
  }
}

extension PromptInput {
  private static let lengthMax = 4_000
  private static let linesMax = 40
  private static let common: Set<String> = ["language", "level", "answer"]

  /// What an example or a sample is about.
  static func read(
    _ node: Node, _ task: ModelTask, _ reader: inout ContentReader
  ) -> PromptInput {
    func optional(_ key: String) -> String? {
      node[key] == nil ? nil : reader.text(key, in: node, lengthMax: lengthMax)
    }
    switch task {
    case .feedback:
      reader.allow(common.union(["text", "topic"]), in: node)
      return .feedback(
        text: reader.text("text", in: node, lengthMax: lengthMax), topic: optional("topic"))
    case .voiceFeedback:
      reader.allow(common.union(["heard", "target", "topic"]), in: node)
      return .voiceFeedback(
        heard: reader.text("heard", in: node, lengthMax: lengthMax), target: optional("target"),
        topic: optional("topic"))
    case .partner:
      reader.allow(common.union(["said", "style", "memory", "talk"]), in: node)
      let style = CorrectionStyle(rawValue: reader.text("style", in: node, lengthMax: 10))
      if style == nil { reader.fault(node, "`style` must be light, inline or end") }
      let memory =
        node["memory"] == nil
        ? [] : reader.texts("memory", in: node, count: 1...10, lengthMax: lengthMax)
      return .partner(
        said: reader.text("said", in: node, lengthMax: lengthMax),
        talk: node["talk"] == nil ? [] : talk(node, &reader), memory: memory,
        style: style ?? .light)
    case .summary:
      reader.allow(common.union(["talk"]), in: node)
      return .summary(talk: talk(node, &reader))
    case .lesson:
      reader.allow(common.union(["title", "category", "aims", "objections"]), in: node)
      return .lesson(
        title: reader.text("title", in: node, lengthMax: lengthMax),
        category: reader.text("category", in: node, lengthMax: 40),
        aims: reader.texts("aims", in: node, count: 1...3, lengthMax: lengthMax),
        objections: node["objections"] == nil
          ? [] : reader.texts("objections", in: node, count: 1...20, lengthMax: lengthMax))
    }
  }

  private static func talk(_ node: Node, _ reader: inout ContentReader) -> [TalkLine] {
    reader.list("talk", in: node, count: 1...linesMax).map { line in
      reader.allow(["learner", "partner"], in: line)
      let isLearner = line["learner"] != nil
      return TalkLine(
        isLearner: isLearner,
        text: reader.text(isLearner ? "learner" : "partner", in: line, lengthMax: lengthMax))
    }
  }
}

extension JSON {
  /// What an author wrote as YAML; nil for what JSON does not have.
  init?(_ node: Node) {
    if let mapping = node.mapping {
      let members = mapping.compactMap { key, value in
        key.string.flatMap { name in JSON(value).map { JSON.Member(name, $0) } }
      }
      guard members.count == mapping.count else { return nil }
      self = .object(members)
    } else if let sequence = node.sequence {
      let elements = sequence.compactMap(JSON.init)
      guard elements.count == sequence.count else { return nil }
      self = .array(elements)
    } else {
      switch node.valueTag {
      case .null: self = .null
      case .bool:
        guard let value = node.bool else { return nil }
        self = .boolean(value)
      case .int:
        guard let value = node.int else { return nil }
        self = .integer(Int64(value))
      case .float:
        guard let value = node.float else { return nil }
        self = .number(value)
      case _:
        guard let text = node.string else { return nil }
        self = .text(text)
      }
    }
  }
}
