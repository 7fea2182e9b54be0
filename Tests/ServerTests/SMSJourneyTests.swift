import Rehearsal
import Server
import Standins
import Testing
import Transport

/// A person with a plain phone, from the first word to a finished lesson.
@Suite(.timeLimit(.minutes(4)))
struct SMSJourneyTests {
  /// How a choice is named by typing.
  private enum Way: CaseIterable {
    case number
    case letter
    case word
    case persianDigit

    func answer(_ index: Int, _ title: String) -> String {
      switch self {
      case .number: "\(index + 1)"
      case .letter: String(UnicodeScalar(UInt8(ascii: "a") + UInt8(index)))
      case .word: title.uppercased()
      case .persianDigit: String(UnicodeScalar(0x06F0 + UInt32(index + 1)) ?? "?")
      }
    }
  }

  @Test func `setup and a lesson are done by text, choices named in four ways`() async throws {
    let home = try TemporaryHome()
    try await SMSStage.with(
      home: home, settings: ["SMS_MESSAGES_PER_15_MINUTES": "1000"]
    ) { stage in
      var talk = Talk(stage: stage)
      try await talk.say("hello")
      try await talk.goOn { $0.contains { $0.hasPrefix("Your profile") } }
      try await talk.say("learn")
      try await talk.goOn { $0.contains { $0.contains("Lesson complete") } }
      #expect(talk.waysUsed.count == Way.allCases.count)
      #expect(stage.twilio.violations.isEmpty)
      #expect(stage.twilio.messages.allSatisfy { !$0.body.contains("**") })
    }
  }

  private struct Talk {
    static let stepsMax = 80

    let stage: SMSStage
    var sequence = 0
    /// Messages read so far.
    var readCount = 0
    var last: [String] = []
    var waysUsed: Set<Way> = []

    /// Writes and waits for the answer, all of its messages.
    mutating func say(_ text: String) async throws {
      sequence += 1
      #expect(try await stage.text(text, sid: "SM\(sequence)").status == 200)
      try await stage.twilio.calls.wait(readCount + 1) { $0.operation == "POST Messages" }
      // More of the same turn follows at the chat's pace; a question ends it.
      while !Self.asks(stage.twilio.messages.last?.body ?? "") {
        try await stage.twilio.calls.wait(stage.twilio.messages.count + 1) {
          $0.operation == "POST Messages"
        }
      }
      let messages = stage.twilio.messages
      last = messages.dropFirst(readCount).map(\.body)
      readCount = messages.count
    }

    mutating func goOn(until isReached: ([String]) -> Bool) async throws {
      for _ in 0..<Self.stepsMax {
        if isReached(last) { return }
        try await say(answer())
      }
      Issue.record("it was not reached; the last words were: \(last)")
    }

    private mutating func answer() -> String {
      let titles = Self.titles(last.last ?? "")
      guard !titles.isEmpty else { return "Sara" }
      let wanted =
        ["English", "Done", "Continue", "Next", "Skip"].lazy
        .compactMap { wanted in titles.firstIndex { $0.hasPrefix(wanted) } }.first ?? 0
      let way = Way.allCases[sequence % Way.allCases.count]
      waysUsed.insert(way)
      return way.answer(wanted, titles[wanted])
    }

    private static func asks(_ text: String) -> Bool {
      !titles(text).isEmpty || text.hasSuffix("?")
    }

    static func titles(_ text: String) -> [String] {
      text.split(separator: "\n").compactMap { line in
        line.wholeMatch(of: #/\d+\. (.+)/#).map { String($0.1) }
      }
    }
  }
}
