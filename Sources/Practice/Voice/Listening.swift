import Conversation
import Speech
import Storage

/// Gets at a learner's words, whether they were written or spoken.
struct Listening: Sendable {
  enum Result: Sendable, Equatable {
    case words(String, durationMs: Int?)
    /// Something is wrong with the recording, or nobody here can listen.
    case problem(VoiceOutcome.Problem)
    /// Something is wrong on our side for now.
    case again(String)
    case never(String)
  }

  let ports: PracticePorts

  func words(
    _ text: String?, _ voice: Content.Attachment?, _ channel: Channel, of person: ID<Person>
  ) async -> Result {
    if let text { return .words(text, durationMs: nil) }
    guard let voice, let recogniser = ports.recogniser else { return .problem(.notUnderstood) }
    if let maySendVoice = ports.maySendVoice {
      do {
        guard try await maySendVoice(person) else { return .problem(.withheld) }
      } catch {
        return .again("the ledger was not read")
      }
    }
    switch await clip(voice, channel) {
    case .failure(let trouble): return trouble.result
    case .success(let clip):
      do {
        let transcript = try await recogniser.transcribe(clip, language: "en")
        let words = HeardWords.shown(transcript.text)
        let durationMs = transcript.durationMs ?? voice.durationSeconds.map { $0 * 1_000 }
        return words.isEmpty ? .problem(.silent) : .words(words, durationMs: durationMs)
      } catch {
        return Self.result(of: error)
      }
    }
  }

  struct Trouble: Error { let result: Result }

  func clip(
    _ file: Content.Attachment, _ channel: Channel
  ) async -> Swift.Result<VoiceClip, Trouble> {
    guard let files = ports.files else {
      return .failure(Trouble(result: .never("nobody fetches files")))
    }
    do {
      return .success(VoiceClip(try await files.fetch(file, on: channel)))
    } catch {
      let result: Result =
        switch error {
        case .gone: .problem(.gone)
        case .tooLarge: .problem(.tooLarge)
        case .wrongKind: .problem(.notAudio)
        case .refused: .never("the channel refused the file")
        case .unreachable: .again("the channel was not reached")
        }
      return .failure(Trouble(result: result))
    }
  }

  /// What is wrong with the recording is told; what is wrong on our side is tried again.
  static func result(of fault: SpeechFault) -> Result {
    switch fault {
    case .media(let problem):
      switch problem {
      case .tooLarge: .problem(.tooLarge)
      case .empty: .problem(.silent)
      case .notAudio, .unsupported: .problem(.notAudio)
      case .damaged, .tooManyStreams, .tookTooLong, .outOfMemory: .problem(.damaged)
      }
    case .textNotSpeakable: .problem(.unclear)
    case .unavailable: .problem(.notUnderstood)
    case .refused(let reason): .never("refused: \(reason.prefix(80))")
    case .unreachable: .again("unreachable")
    case .tookTooLong: .again("took too long")
    case .busy: .again("busy")
    case .worker: .again("the worker ended")
    }
  }
}
