import Foundation
import Server
import Speech
import Standins
import Synchronization
import Testing
import Transport

/// A voice note from Telegram's webhook to the replies, by the whole program.
@Suite(.timeLimit(.minutes(3)))
struct VoiceJourneyTests {
  /// The executables of this build lie beside the bundle of tests.
  static let speechProgram: String = {
    let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    let bundles = CommandLine.arguments.filter { $0.hasSuffix(".xctest") }.map {
      URL(filePath: $0).deletingLastPathComponent()
    }
    let paths = (bundles + [folder]).map { $0.appending(path: "parlance-speech").path }
    return paths.first(where: FileManager.default.isExecutableFile) ?? paths[0]
  }()

  private static let whisper = #"{"text":" Yesterday I go to the market.","duration":4.5}"#

  @Test(arguments: [true, false])
  func `a voice note is answered in writing and by voice, which others make only with leave`(
    isMouthOurs: Bool
  ) async throws {
    let home = try TemporaryHome()
    let ears = try FaultyServer { connection in
      while connection.readRequest() != nil { _ = connection.answer(body: Self.whisper) }
    }
    defer { ears.stop() }
    let wave = Self.wave(lengthMs: 700)
    let spoken = Mutex<[String]>([])
    let mouth = try FaultyServer { connection in
      while let request = connection.readRequest() {
        spoken.withLock { $0.append(request) }
        let head =
          "HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nContent-Length: \(wave.count)\r\n\r\n"
        guard connection.write(Array(head.utf8) + wave) else { return }
      }
    }
    defer { mouth.stop() }
    let settings = [
      "PARLANCE_SPEECH_PROGRAM": Self.speechProgram, "WHISPER_URL": ears.url, "TTS_URL": mouth.url,
      "WHISPER_SELF_HOSTED": "yes", "TTS_SELF_HOSTED": isMouthOurs ? "yes" : "no",
    ]
    try await BotAPIStandin.with { bot in
      bot.store(wave, fileID: "note-1")
      try await RunningProgram.with(home: home, bot: bot, settings: settings) { running in
        let menu = TelegramJourneyTests.update(1, text: "/menu")
        #expect(try await running.postUpdate(menu).status == 200)
        #expect(try await running.postUpdate(Self.update(2, voice: "note-1")).status == 200)
        let text = try await bot.call(of: "sendMessage") {
          $0.parameters["text"]?.string?.contains("I heard") == true
        }
        #expect(
          text.parameters["text"]?.string?.contains("Yesterday I go to the market.") == true)
        let voice = try await bot.call(of: "sendVoice")
        let file = try #require(voice.files["voice"])
        #expect(file.bytes.starts(with: Array("OggS".utf8)))
        let told = spoken.withLock { $0.contains { $0.contains("went to the market") } }
        #expect(told == isMouthOurs)
        #expect(bot.violations.isEmpty)
      }
    }
  }

  @Test func `without a recogniser it is honest, speaks a sentence, and hears it read`()
    async throws
  {
    let home = try TemporaryHome()
    try await BotAPIStandin.with { bot in
      bot.store(Self.wave(lengthMs: 500), fileID: "note-1")
      let settings = ["PARLANCE_SPEECH_PROGRAM": Self.speechProgram]
      try await RunningProgram.with(home: home, bot: bot, settings: settings) { running in
        let menu = TelegramJourneyTests.update(1, text: "/menu")
        #expect(try await running.postUpdate(menu).status == 200)
        #expect(try await running.postUpdate(Self.update(2, voice: "note-1")).status == 200)
        let text = try await bot.call(of: "sendMessage") {
          $0.parameters["text"]?.string?.contains("cannot understand free speech") == true
        }
        let sentence = try Self.bold(in: try #require(text.parameters["text"]?.string))
        let model = try await bot.call(of: "sendVoice")
        #expect(model.files["voice"]?.bytes.starts(with: Array("OggS".utf8)) == true)

        let reader = SpeechWorker(program: Self.speechProgram)
        let read = try await reader.speak(
          sentence,
          with: Voice(engine: .flite, name: "rms", language: "en", wordsPerMinute: 130),
          as: .voiceNote)
        await reader.stop()
        bot.store(read.bytes, fileID: "note-2")
        #expect(try await running.postUpdate(Self.update(3, voice: "note-2")).status == 200)
        let heard = try await bot.call(of: "sendMessage") {
          $0.parameters["text"]?.string?.contains("I heard:") == true
        }
        #expect(heard.parameters["text"]?.string?.contains("came across") == true)
        try await bot.call(2, of: "sendVoice")
        #expect(bot.violations.isEmpty)
      }
    }
  }

  /// The first words in bold.
  private static func bold(in html: String) throws -> String {
    let start = try #require(html.range(of: "<b>"))
    let rest = html[start.upperBound...]
    return String(rest[..<(try #require(rest.range(of: "</b>"))).lowerBound])
  }

  static func update(_ id: Int, voice fileID: String) -> String {
    """
    {"update_id":\(id),"message":{"message_id":\(id),"date":1760000000,
    "voice":{"file_id":"\(fileID)","file_unique_id":"u-\(fileID)","duration":4,
    "mime_type":"audio/ogg","file_size":1000},
    "chat":{"id":\(TelegramJourneyTests.chat),"type":"private","first_name":"Sara"},
    "from":{"id":\(TelegramJourneyTests.chat),"is_bot":false,"first_name":"Sara",
    "language_code":"en"}}}
    """
  }

  /// A tone as a WAVE file of 16 kHz.
  private static func wave(lengthMs: Int) -> [UInt8] {
    let samples = (0..<(16 * lengthMs)).map { index in
      Int16(8_000 * sin(Double(index) * 2 * .pi * 220 / 16_000))
    }
    func little(_ value: UInt32, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
    let size = UInt32(samples.count * 2)
    var bytes = Array("RIFF".utf8) + little(36 + size, 4) + Array("WAVEfmt ".utf8)
    bytes += little(16, 4) + little(1, 2) + little(1, 2) + little(16_000, 4)
    bytes += little(32_000, 4) + little(2, 2) + little(16, 2)
    bytes += Array("data".utf8) + little(size, 4)
    for sample in samples { bytes += little(UInt32(UInt16(bitPattern: sample)), 2) }
    return bytes
  }
}
