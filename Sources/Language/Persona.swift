package import Conversation
import Yams

/// How the tutor sounds: who it is, how it corrects, what it leaves alone. One file of `Personas/`.
package struct Persona: Sendable, Equatable {
  package struct Voice: Sendable, Equatable {
    package enum Gender: String, Sendable { case female, male }

    package let engineHint: String
    package let gender: Gender
    package let rateWordsPerMinute: Int
    /// The built-in voice for each language; English is always there.
    package let speech: [LanguageCode: Speech]

    /// A voice of an engine, as the engine calls it: `flite` has `rms` (a man) and `slt` (a woman),
    /// `espeak` a language's code.
    package struct Speech: Sendable, Equatable {
      package let engine: String
      package let name: String
    }
  }

  package struct Limits: Sendable, Equatable {
    package let sentencesPerReplyMax: Int
    package let correctionsMax: Int
    package let forbiddenTopics: [String]
  }

  package struct SampleReply: Sendable, Equatable {
    package let situation: String
    package let reply: LocalisedText
  }

  package let id: String
  package let name: LocalisedText
  package let role: LocalisedText
  package let manner: [String]
  package let languages: [LanguageCode]
  package let voice: Voice
  package let limits: Limits
  package let greeting: LocalisedText
  package let sampleReplies: [SampleReply]
}

extension Persona {
  private static let required: [LanguageCode] = [.english, .persian]
  private static let keys: Set<String> = [
    "id", "name", "role", "manner", "languages", "voice", "limits", "greeting", "sample_replies",
  ]

  /// - Throws: `ContentFaults` with everything that is wrong with the file.
  package init(_ file: ContentFolder.File) throws(ContentFaults) {
    var reader = ContentReader(file: file.name)
    let root: Node
    do { root = try reader.root(file.text) } catch { throw ContentFaults([error]) }
    reader.allow(Self.keys, in: root)
    id = reader.text("id", in: root, lengthMax: 40)
    if id != file.stem { reader.fault(root, "`id` must be the file's name, \(file.stem)") }
    name = reader.translated("name", in: root, required: Self.required, lengthMax: 30)
    role = reader.translated("role", in: root, required: Self.required, lengthMax: 60)
    manner = reader.texts("manner", in: root, count: 4...8, lengthMax: 300)
    languages = reader.texts("languages", in: root, count: 1...10, lengthMax: 2)
      .map(LanguageCode.init)
    voice = Self.voice(root, &reader)
    limits = Self.limits(root, &reader)
    greeting = reader.translated("greeting", in: root, required: Self.required, lengthMax: 400)
    sampleReplies = reader.list("sample_replies", in: root, count: 3...3).map { node in
      SampleReply(
        situation: reader.text("situation", in: node, lengthMax: 200),
        reply: reader.translated(
          node.without("situation"), called: "sample_replies",
          required: Self.required, lengthMax: 400))
    }
    guard reader.faults.isEmpty else { throw ContentFaults(reader.faults) }
  }

  private static func voice(_ root: Node, _ reader: inout ContentReader) -> Voice {
    let node = root["voice"] ?? [:]
    reader.allow(["engine_hint", "gender", "rate_words_per_minute", "speech"], in: node)
    let gender = Voice.Gender(rawValue: reader.text("gender", in: node, lengthMax: 10))
    if gender == nil { reader.fault(node, "`gender` must be female or male") }
    return Voice(
      engineHint: reader.text("engine_hint", in: node, lengthMax: 20),
      gender: gender ?? .female,
      rateWordsPerMinute: reader.integer("rate_words_per_minute", in: node, 60...240),
      speech: speech(node, &reader))
  }

  private static func speech(
    _ voice: Node, _ reader: inout ContentReader
  ) -> [LanguageCode: Voice.Speech] {
    let names = reader.translated("speech", in: voice, required: [.english], lengthMax: 20)
    var speech: [LanguageCode: Voice.Speech] = [:]
    for language in names.languages {
      let parts = names[language].split(separator: ":", omittingEmptySubsequences: false)
      let isKnown =
        parts.count == 2
        && (parts[0] == "flite" ? ["rms", "slt"].contains(parts[1]) : parts[0] == "espeak")
      guard isKnown else {
        reader.fault(voice, "`speech.\(language)` must be flite:rms, flite:slt or espeak:…")
        continue
      }
      speech[language] = Voice.Speech(engine: String(parts[0]), name: String(parts[1]))
    }
    return speech
  }

  private static func limits(_ root: Node, _ reader: inout ContentReader) -> Limits {
    let node = root["limits"] ?? [:]
    reader.allow(
      ["max_sentences_per_reply", "max_corrections", "forbidden_topics"], in: node)
    return Limits(
      sentencesPerReplyMax: reader.integer("max_sentences_per_reply", in: node, 1...12),
      correctionsMax: reader.integer("max_corrections", in: node, 0...10),
      forbiddenTopics: reader.texts("forbidden_topics", in: node, count: 0...20, lengthMax: 80))
  }
}

extension Node {
  fileprivate func without(_ dropped: String) -> Node {
    guard let mapping else { return self }
    let kept = mapping.filter { $0.key.string != dropped }.map { ($0.key, $0.value) }
    return Node(kept, .implicit, .any)
  }
}
