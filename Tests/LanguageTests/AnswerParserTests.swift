import Foundation
import Language
import Rehearsal
import Testing

/// Streams as they come over the wire, whatever the pieces.
struct AnswerParserTests {
  private func answer(
    _ wire: AnswerParser.Wire, _ text: String, pieceBytes: Int = 1
  ) throws(ModelFault) -> ProviderAnswer {
    var parser = AnswerParser(wire)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      try parser.feed(Array(rest.prefix(pieceBytes)))
      rest = rest.dropFirst(pieceBytes)
    }
    return try parser.end()
  }

  private static let openAI =
    "\u{FEFF}: hello\r\n\r\nevent: message\r\n"
    + "data:{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\r\n\r\n"
    + "data: {\"choices\":[{\"delta\":{\"content\":\"سلام \"}}]}\r\n\r\n"
    + "data: {\"choices\":\r\ndata: [{\"delta\":{\"content\":\"😀\\ud83d\\ude00\"}}]}\r\n\r\n"
    + "data: {\"choices\":[{\"delta\":{\"content\":null},\"finish_reason\":\"stop\"}]}\r\n"
    + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\r\n\r\n"
  private static let ollama =
    "{\"message\":{\"role\":\"assistant\",\"content\":\"سلام \",\"images\":null},\"done\":false}\n"
    + "\n{\"message\":{\"content\":\"😀\\ud83d\\ude00\"},\"done\":false}\r\n"
    + "{\"done\":true,\"prompt_eval_count\":3,\"eval_count\":4}"

  @Test(arguments: [1, 2, 3, 5, 64, 4_096])
  func `streams are read alike in pieces of any size`(_ pieceBytes: Int) throws {
    for (wire, text): (AnswerParser.Wire, String) in [
      (.openAI, Self.openAI), (.ollama, Self.ollama),
    ] {
      let answer = try answer(wire, text, pieceBytes: pieceBytes)
      #expect(answer.text == "سلام 😀😀")
      #expect(answer.promptTokens == 3)
      #expect(answer.answerTokens == 4)
    }
  }

  @Test func `every cut of a stream is half an answer, never a whole one`() {
    for (wire, text): (AnswerParser.Wire, String) in [
      (.openAI, Self.openAI), (.ollama, Self.ollama),
    ] {
      let bytes = Array(text.utf8)
      let end =
        (wire == .openAI
          ? text.firstRange(of: "\"finish_reason\"") : text.firstRange(of: "\"done\":true"))
      let whole = end.map { text.utf8.distance(from: text.startIndex, to: $0.lowerBound) } ?? 0
      #expect(whole > 100)
      for count in stride(from: 0, to: whole, by: 3) {
        var parser = AnswerParser(wire)
        #expect(throws: ModelFault.self) {
          try parser.feed(Array(bytes.prefix(count)))
          _ = try parser.end()
        }
      }
    }
  }

  @Test func `answers cut at the limit of tokens and declined ones are told`() {
    let cut =
      "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"length\"}]}\n\n"
      + "data: [DONE]\n\n"
    #expect(throws: ModelFault.interrupted(partial: "Hi")) { try answer(.openAI, cut) }
    let filtered = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"content_filter\"}]}\n\n"
    #expect(throws: ModelFault.invalidAnswer(reason: "the provider declines to answer")) {
      try answer(.openAI, filtered)
    }
    let refused = "data: {\"error\":{\"message\":\"slow down\",\"code\":429}}\n\n"
    #expect(throws: ModelFault.refused(status: 429)) { try answer(.openAI, refused) }
  }

  @Test(
    "the providers' own samples are read",
    .enabled(if: Project.shared != nil, "the samples lie beside the project"),
    arguments: [
      ("openai_chat_stream_sse.json", "Hello"), ("ollama_chat_stream_ndjson.json", "The"),
    ])
  func samples(_ name: String, _ text: String) throws {
    let file = try #require(Project.shared).appending(path: "payloads/llm/" + name)
    let sample = try JSONDecoder().decode(Sample.self, from: Data(contentsOf: file))
    let wire: AnswerParser.Wire = name.hasPrefix("openai") ? .openAI : .ollama
    #expect(try answer(wire, sample.lines.joined(separator: "\n") + "\n").text == text)
  }

  private struct Sample: Decodable {
    let lines: [String]
  }

  @Test func `nothing that a stream may hold brings the reader down`() {
    var random = RandomBytes(seed: 11)
    let seeds = [Self.openAI, Self.ollama].map { Array($0.utf8) }
    for round in 0..<3_000 {
      var bytes = seeds[round % 2]
      for _ in 0..<(1 + Int(random.next() % 8)) {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      var parser = AnswerParser(round % 2 == 0 ? .openAI : .ollama)
      do {
        try parser.feed(bytes)
        #expect(try parser.end().text.utf8.count < bytes.count)
      } catch { continue }
    }
    var deep = AnswerParser(.ollama)
    #expect(throws: ModelFault.self) {
      try deep.feed([UInt8](repeating: UInt8(ascii: "["), count: 100_000) + [0x0A])
    }
  }

  private struct RandomBytes: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 16
    }
  }
}
