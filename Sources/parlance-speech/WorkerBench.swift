import Media
import Speech

/// Does what one request asks.
struct WorkerBench {
  let faculties: Faculties

  func outcome(
    of task: WorkerTask, _ body: [UInt8]
  ) -> (WorkerAnswer.Outcome, sound: [UInt8]) {
    do throws(SpeechFault) {
      return try done(task, body)
    } catch {
      return (.fault(error), [])
    }
  }

  private func done(
    _ task: WorkerTask, _ body: [UInt8]
  ) throws(SpeechFault) -> (WorkerAnswer.Outcome, sound: [UInt8]) {
    switch task {
    case .describe:
      let abilities = WorkerAbilities(reads: faculties.read != nil, engines: faculties.engines)
      return (.abilities(abilities), [])
    case .wave:
      let decoded = try decoded(body)
      return (sound(decoded), AudioEncoder.wav(decoded.audio))
    case .measure:
      return (.levels(levels(try decoded(body))), [])
    case .convert(let format):
      let decoded = try decoded(body)
      return (sound(decoded), try encoded(decoded.audio, format))
    case .read(let text):
      guard let read = faculties.read else { throw .unavailable }
      return (.reading(try read(try decoded(body).audio, text)), [])
    case .choose(let sentences):
      guard let choose = faculties.choose else { throw .unavailable }
      return (.choice(try choose(try decoded(body).audio, sentences)), [])
    case .speak(let text, let voice, let format):
      guard let speak = faculties.speak else { throw .unavailable }
      let audio = try speak(text, voice)
      let outcome = WorkerAnswer.Outcome.sound(durationMs: audio.durationMs, isCut: false)
      return (outcome, try encoded(audio, format))
    }
  }

  private func decoded(_ bytes: [UInt8]) throws(SpeechFault) -> DecodedAudio {
    do throws(MediaFault) {
      return try AudioDecoder.decode(bytes)
    } catch { throw .media(MediaProblem(error)) }
  }

  private func encoded(
    _ audio: PCMAudio, _ format: SpokenFormat
  ) throws(SpeechFault) -> [UInt8] {
    do throws(MediaFault) {
      switch format {
      case .voiceNote: return try AudioEncoder.oggOpus(audio)
      case .web: return try AudioEncoder.m4a(audio)
      }
    } catch { throw .media(MediaProblem(error)) }
  }

  private func sound(_ decoded: DecodedAudio) -> WorkerAnswer.Outcome {
    .sound(durationMs: decoded.audio.durationMs, isCut: decoded.isCut)
  }

  private func levels(_ decoded: DecodedAudio) -> SoundLevels {
    let levels = AudioLevels(decoded.audio)
    return SoundLevels(
      durationMs: decoded.audio.durationMs, isCut: decoded.isCut,
      rmsDecibels: levels.rmsDecibels, peakDecibels: levels.peakDecibels,
      speechMs: levels.speechMs, silenceMs: levels.silenceMs,
      pauses: levels.pauses.map { Pause(startMs: $0.startMs, endMs: $0.endMs) },
      signalToNoiseDecibels: levels.signalToNoiseDecibels)
  }
}

extension MediaProblem {
  init(_ fault: MediaFault) {
    self =
      switch fault {
      case .tooLarge: .tooLarge
      case .empty: .empty
      case .notAudio: .notAudio
      case .unsupported: .unsupported
      case .damaged: .damaged
      case .tooManyStreams: .tooManyStreams
      case .tookTooLong: .tookTooLong
      case .outOfMemory: .outOfMemory
      }
  }
}
