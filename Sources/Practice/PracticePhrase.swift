import Conversation

/// What practising aloud says.
enum PracticePhrase: String, Phrase {
  case aQuestion = "practice.a_question"
  case aSentence = "practice.a_sentence"
  case aText = "practice.a_text"
  case again = "practice.again"
  case allClear = "practice.all_clear"
  case another = "practice.another"
  case cannotListen = "practice.cannot_listen"
  case cannotUnderstand = "practice.cannot_understand"
  case failed = "practice.failed"
  case failedBefore = "practice.failed_before"
  case hear = "practice.hear"
  case heard = "practice.heard"
  case heardReading = "practice.heard_reading"
  case listening = "practice.listening"
  case menu = "practice.menu"
  case missing = "practice.missing"
  case next = "practice.next"
  case oneByOne = "practice.one_by_one"
  case pace = "practice.pace"
  case paceFree = "practice.pace_free"
  case paceOnePause = "practice.pace_one_pause"
  case pacePauses = "practice.pace_pauses"
  case readThis = "practice.read_this"
  case sendVoice = "practice.send_voice"
  case someClear = "practice.some_clear"
  case soundHint = "practice.sound_hint"
  case speakAbout = "practice.speak_about"
  case speakFreely = "practice.speak_freely"
  case tooLong = "practice.too_long"
  case tooMuch = "practice.too_much"
  case tryAgain = "practice.try_again"
  case unclear = "practice.unclear"
  case whatNext = "practice.what_next"
  case withheldRead = "practice.withheld_read"
  case wrongKind = "practice.wrong_kind"
  case wrote = "practice.wrote"
  case xp = "practice.xp"

  static let buttons: [PracticePhrase] = [
    .aQuestion, .aSentence, .aText, .again, .another, .menu, .next, .tryAgain,
  ]
}

/// What is wrong with a recording, and what to do.
enum ProblemPhrase: String, Phrase {
  case damaged = "practice.problem.damaged"
  case gone = "practice.problem.gone"
  case notAudio = "practice.problem.not_audio"
  case notEnglish = "practice.problem.not_english"
  case notUnderstood = "practice.problem.not_understood"
  case otherText = "practice.problem.other_text"
  case silent = "practice.problem.silent"
  case tooLarge = "practice.problem.too_large"
  case unclear = "practice.problem.unclear"
  case withheld = "practice.problem.withheld"

  init(_ problem: VoiceOutcome.Problem) {
    self =
      switch problem {
      case .damaged: .damaged
      case .gone: .gone
      case .notAudio: .notAudio
      case .notEnglish: .notEnglish
      case .notUnderstood: .notUnderstood
      case .otherText: .otherText
      case .silent: .silent
      case .tooLarge: .tooLarge
      case .unclear: .unclear
      case .withheld: .withheld
      }
  }
}

/// How a sound is made.
enum SoundPhrase: String, Phrase {
  case ah = "practice.sound.ah"
  case cluster = "practice.sound.cluster"
  case dh = "practice.sound.dh"
  case ih = "practice.sound.ih"
  case ng = "practice.sound.ng"
  case th = "practice.sound.th"
  case uh = "practice.sound.uh"
  case w = "practice.sound.w"

  init(_ tip: SoundTip) {
    self =
      switch tip {
      case .ah: .ah
      case .cluster: .cluster
      case .dh: .dh
      case .ih: .ih
      case .ng: .ng
      case .th: .th
      case .uh: .uh
      case .w: .w
      }
  }
}
