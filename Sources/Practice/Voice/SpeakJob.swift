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
    _ text: String, persona: String, level: CEFRLevel, as format: SpokenFormat,
    confidentiality: Confidentiality
  ) async -> ID<OutgoingMedia>? {
    guard
      let media = await media(
        text, persona: persona, level: level, as: format,
        confidentiality: confidentiality)
    else { return nil }
    let now = time.now()
    do {
      return try await database.write { try MediaStore.keep(media, at: now, in: $0) }
    } catch {
      // A voice is an extra: the words are in the text, too.
      return nil
    }
  }

  func media(
    _ text: String, persona: String, level: CEFRLevel, as format: SpokenFormat,
    confidentiality: Confidentiality
  ) async -> OutgoingMedia? {
    guard let synthesiser = ports.synthesiser(for: confidentiality), !text.isEmpty
    else { return nil }
    let voice = PersonaVoice.voice(of: content.persona(persona), level: level)
    do {
      let audio = try await synthesiser.speak(text, with: voice, as: format)
      return OutgoingMedia(
        kind: .voice, mediaType: audio.format.mediaType,
        fileName: audio.format == .voiceNote ? "voice.ogg" : "voice.m4a", bytes: audio.bytes)
    } catch {
      // As above.
      return nil
    }
  }
}

/// Speaks what a flow asks for. The voice comes beside whatever the conversation is at by then.
struct SpeakJob: Sendable {
  let aside: SpeakingAside

  var handler: JobHandler {
    JobHandler(
      SpeakOrder.kind, attemptsMax: SpeakOrder.attemptsMax, timeLimitMs: SpeakOrder.timeLimitMs
    ) { await run($0) }
  }

  private func run(_ job: Job) async -> JobOutcome {
    guard let order = PracticeJSON.value(SpeakOrder.self, job.payload),
      let conversation = job.conversation
    else { return .discard(reason: "nobody to speak to") }
    let media = await aside.media(
      order.text, persona: order.persona, level: order.level, as: order.format,
      confidentiality: order.confidentiality)
    // The text has been shown already; without a voice there is nothing to add.
    guard let media, media.fits else { return .cancel(reason: "it was not spoken") }
    let now = aside.time.now()
    do {
      try await aside.database.write { database in
        let id = try MediaStore.keep(media, at: now, in: database)
        try ConversationTimers.set(
          TimerRequest(
            SpokenNotice.name, dueAt: now, payload: id.text, waitsForMorning: false),
          in: conversation, database)
      }
      return .cancel(reason: "the voice is on its way")
    } catch {
      return .retry(reason: "\(type(of: error))")
    }
  }
}

/// Says a voice that has been made ready.
enum SpokenNotice {
  static let name = "practice.spoken"

  static let handler = TimerHandler(name) { payload, turn in
    guard let media = try MediaStore.load(ID<OutgoingMedia>(payload), in: turn.database) else {
      return
    }
    try turn.notify(Reply(turn.phrase(PracticePhrase.hear), media: media))
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
