import Language
import Yams

/// The types of activity, by the name an author writes.
enum ActivityKind: String, Sendable, CaseIterable {
  case multipleChoice = "multiple_choice"
  case trueFalse = "true_false"
  case fillBlank = "fill_blank"
  case sentenceReordering = "sentence_reordering"
  case imageSelection = "image_selection"
  case spelling = "spelling"
  case listeningComprehension = "listening_comprehension"
  case pronunciation = "pronunciation"
  case grammarCorrection = "grammar_correction"
  case vocabularyMatching = "vocabulary_matching"
  case dictation = "dictation"
  case translation = "translation"
  case shortAnswer = "short_answer"
  case dialogueCompletion = "dialogue_completion"
  case oddOneOut = "odd_one_out"
  case categorisation = "categorisation"
  case wordFormation = "word_formation"
  case clozePassage = "cloze_passage"
  case speakingPrompt = "speaking_prompt"

  func read(
    _ node: Node, level: CEFRLevel, _ reader: inout ContentReader
  ) -> any Activity {
    switch self {
    case .multipleChoice: MultipleChoice(node, level: level, &reader)
    case .trueFalse: TrueFalse(node, level: level, &reader)
    case .fillBlank: FillBlank(node, level: level, &reader)
    case .sentenceReordering: SentenceReordering(node, &reader)
    case .imageSelection: ImageSelection(node, level: level, &reader)
    case .spelling: Spelling(node, &reader)
    case .listeningComprehension: ListeningComprehension(node, level: level, &reader)
    case .pronunciation: Pronunciation(node, level: level, &reader)
    case .grammarCorrection: GrammarCorrection(node, level: level, &reader)
    case .vocabularyMatching: VocabularyMatching(node, &reader)
    case .dictation: Dictation(node, level: level, &reader)
    case .translation: Translation(node, &reader)
    case .shortAnswer: ShortAnswer(node, level: level, &reader)
    case .dialogueCompletion: DialogueCompletion(node, level: level, &reader)
    case .oddOneOut: OddOneOut(node, &reader)
    case .categorisation: Categorisation(node, level: level, &reader)
    case .wordFormation: WordFormation(node, level: level, &reader)
    case .clozePassage: ClozePassage(node, level: level, &reader)
    case .speakingPrompt: SpeakingPrompt(node, level: level, &reader)
    }
  }
}
