import Conversation
import Foundation
import Language
import Speech
import Storage

/// Speaks a text and keeps the file for the message it goes with.
struct SpeakingAside: Sendable {
  let ports: PracticePorts
  let content: PracticeContent
  let database: Database
  let time: TimeSource

  /// - Returns: nil when it cannot be spoken; the text has to do then.
  func speak(
    _ text: String, persona: String, level: CEFRLevel, as format: SpokenFormat
  ) async -> ID<OutgoingMedia>? {
    guard let synthesiser = ports.synthesiser, !text.isEmpty else { return nil }
    let voice = PersonaVoice.voice(of: content.persona(persona), level: level)
    do {
      let audio = try await synthesiser.speak(text, with: voice, as: format)
      let media = OutgoingMedia(
        kind: .voice, mediaType: audio.format.mediaType,
        fileName: audio.format == .voiceNote ? "voice.ogg" : "voice.m4a", bytes: audio.bytes)
      let now = time.now()
      return try await database.write { try MediaStore.keep(media, at: now, in: $0) }
    } catch {
      // A voice is an extra: the words are in the text, too.
      return nil
    }
  }
}

/// Speaks what a flow asks for.
struct SpeakJob: Sendable {
  let aside: SpeakingAside

  var handler: JobHandler {
    JobHandler(
      SpeakOrder.kind, attemptsMax: SpeakOrder.attemptsMax, timeLimitMs: SpeakOrder.timeLimitMs
    ) { job in
      do {
        let order = try JSONDecoder().decode(SpeakOrder.self, from: Data(job.payload.utf8))
        let spoken = await aside.speak(
          order.text, persona: order.persona, level: order.level, as: order.format)
        return .done(result: try PracticeJSON.text(SpeakOutcome(item: order.item, spoken: spoken)))
      } catch {
        return .discard(reason: "\(type(of: error))")
      }
    }
  }
}

/// Orders and outcomes of jobs as they are stored.
enum PracticeJSON {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// Nil when it is not what was expected: the job is then as good as failed.
  static func value<Value: Decodable>(_ type: Value.Type, _ text: String) -> Value? {
    // What is wrong with it makes no difference to whoever waits.
    try? JSONDecoder().decode(type, from: Data(text.utf8))
  }
}
