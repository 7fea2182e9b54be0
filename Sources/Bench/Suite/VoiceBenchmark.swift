import Foundation
import Speech

/// What is ours of the time between a voice note and its spoken answer: from the webhook through
/// both processes to the call that sends the answer, all on one core, without a remote model.
struct VoiceBenchmark: Sendable {
  private static let notesCount = 10
  private static let noteSeconds = 10.0
  private static let secondsMax = 1.0
  private static let wordsPerMinuteMin = 60
  /// A chat is sent a message a second, and each answer is two: nothing should wait for its pace.
  private static let pause = Duration.seconds(2)
  private static let taskset = "/usr/bin/taskset"
  private static let speechProgramName = "parlance-speech"

  let options: BenchmarkOptions
  let stage: Stage

  func run() async throws {
    let sink = VoiceSink()
    let sinkPort = try Stage.freePort()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        try await sink.run(port: sinkPort)
        return false
      }
      group.addTask {
        try await measure(sink, at: sinkPort)
        return true
      }
      defer { group.cancelAll() }
      while let isComplete = try await group.next(), !isComplete {}
    }
  }

  private func measure(_ sink: VoiceSink, at sinkPort: Int) async throws {
    try await Stage.untilListening(sinkPort)
    let server = try await serve(sinkPort)
    var chat = VoiceChat(port: server.port, calls: sink.calls)
    let sentence = try await chat.sentenceToRead()
    let recording = try await spoken(sentence)
    sink.hold(recording.bytes)
    // The first one loads the models.
    _ = try await chat.read()

    let before = try server.usageOfFamily()
    var milliseconds: [Double] = []
    for _ in 0..<Self.notesCount {
      try await Task.sleep(for: Self.pause)
      milliseconds.append(try await chat.read())
    }
    let used = try server.usageOfFamily().cpuSeconds - before.cpuSeconds
    await server.stop(on: stage)

    let soundSeconds = Double(recording.durationMs) / 1_000
    let length = BenchmarkTable.decimal(soundSeconds, places: 1)
    let answered = BenchmarkTable.decimal(median(milliseconds), places: 0)
    print("\(Self.notesCount) notes of \(length) s, answered \(answered) ms after the webhook")
    let each = used / Double(Self.notesCount)
    BenchmarkTable.show(
      "processor time for a note of 10 s", each / soundSeconds * Self.noteSeconds, unit: " s",
      .atMost(Self.secondsMax))
  }

  private func serve(_ sinkPort: Int) async throws -> Contestant {
    let port = try Stage.freePort()
    let home = try await stage.newFolder("home-voice")
    var environment = Contestants(options: options, stage: stage)
      .environment(home: home, port: port)
    environment["PARLANCE_SPEECH_PROGRAM"] = speechProgram
    environment["TELEGRAM_API_URL"] = "http://127.0.0.1:\(sinkPort)"
    // The voices of all lessons, which a new store would have made meanwhile.
    try await stage.complete(
      "audio", options.binary, ["audio", "--make"], environment: environment)
    let child = try await stage.start(
      "parlance", Self.taskset, ["--cpu-list", "0", options.binary, "serve"],
      environment: environment, untilListening: port)
    return Contestant(name: "parlance", port: port, processes: [child], stopSignal: SIGTERM)
  }

  private var speechProgram: String {
    URL(filePath: options.binary).deletingLastPathComponent()
      .appending(path: Self.speechProgramName).path
  }

  /// Slowly enough to take about as long as the note that is asked for.
  private func spoken(_ sentence: String) async throws -> SpokenAudio {
    let words = Double(sentence.split(separator: " ").count)
    let pace = max(Self.wordsPerMinuteMin, Int(words * 60 / Self.noteSeconds))
    return try await SpeechWorker(program: speechProgram).speak(
      sentence,
      with: Voice(engine: .flite, name: "rms", language: "en", wordsPerMinute: pace),
      as: .voiceNote)
  }
}

/// One learner, who reads a sentence aloud.
private struct VoiceChat {
  private static let chat = 700_000_000

  let port: Int
  let calls: AsyncStream<VoiceSink.Call>
  private var updateID = 1

  init(port: Int, calls: AsyncStream<VoiceSink.Call>) {
    self.port = port
    self.calls = calls
  }

  mutating func sentenceToRead() async throws -> String {
    try await post(#""text":"/menu""#)
    try await post(#""text":"/read""#)
    for await call in calls {
      guard call.method == "sendMessage",
        let bold = call.body.firstMatch(of: /<b>(.*?)<\/b>/), call.body.contains("read this aloud")
      else { continue }
      // It comes with a voice that shows how.
      try await untilVoice()
      return String(bold.1)
    }
    throw CancellationError()
  }

  /// - Returns: the milliseconds between the webhook and the spoken answer.
  mutating func read() async throws -> Double {
    let begun = ContinuousClock.now
    try await post(
      #""voice":{"file_id":"\#(updateID)","file_unique_id":"\#(updateID)","duration":10}"#)
    try await untilVoice()
    return (ContinuousClock.now - begun) / .milliseconds(1)
  }

  private func untilVoice() async throws {
    for await call in calls where call.method == "sendVoice" { return }
    throw CancellationError()
  }

  private mutating func post(_ content: String) async throws {
    let update = """
      {"update_id":\(updateID),"message":{"message_id":\(updateID),"date":1760000000,\(content),
      "from":{"id":\(Self.chat),"is_bot":false,"first_name":"Shirin","language_code":"en"},
      "chat":{"id":\(Self.chat),"type":"private","first_name":"Shirin"}}}
      """
    updateID += 1
    var load = LoadOptions(url: "http://127.0.0.1:\(port)\(TelegramLoad.path)")
    load.headers = TelegramLoad.headers(secret: Contestant.secret)
    load.connections = 1
    load.limit = .requests(1)
    load.body = { _ in Array(update.utf8) }
    let report = try await LoadGenerator.run(load)
    guard report.statuses == [200: 1] else {
      throw BenchmarkFault.refusedRequests("parlance", count: 1)
    }
  }
}
