import Conversation
import Learning
import Speech
import Storage

/// What lessons need of the outside world: voices made ahead, and somebody who listens.
struct LessonDoor: Sendable {
  let voices: LessonVoices
  private let audio: LessonAudioJob
  private let reading: LessonReadingJob

  init(
    _ settings: Settings, _ lessons: LessonShelf, speech: SpeechDoor, files: any IncomingFiles,
    database: Database, time: TimeSource
  ) {
    let voice = LessonVoice(settings)
    voices = LessonVoices(lessons, voice: voice)
    audio = LessonAudioJob(
      voices: voices, speaker: speech.speaker, isBusy: { speech.worker.isAtWork },
      isInstalled: voice.isInstalled, database: database, time: time)
    reading = LessonReadingJob(
      files: files, reader: speech.worker, recogniser: speech.recogniser,
      mayRecognise: speech.mayRecognise(in: database))
  }

  var jobHandlers: [JobHandler] { [audio.handler, reading.handler] }

  /// Makes voices ahead, as the job does, until all is there or waits, at most so many steps.
  func make(stepsMax: Int) async throws {
    for _ in 0..<stepsMax {
      guard try await audio.step() == LessonAudioJob.pauseMs else { return }
    }
  }

  func sweep() async throws -> Int { try await audio.sweep() }

  /// What is to be begun when the program starts.
  var request: JobRequest { audio.request }
}
