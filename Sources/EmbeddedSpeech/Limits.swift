/// What one request may ask of the recogniser.
enum Limits {
  static let textCharactersMax = 600
  static let wordsMax = 60
  static let wordCharactersMax = 40
  static let pronunciationsMax = 4
  static let phonesMax = 40
  static let variantsMax = 24
  static let sentencesMax = 32
  /// Of all sentences of which one is said.
  static let wordsInAllMax = 400
  /// Less sound than this is no word.
  static let speechMsMin = 80
  /// So much rest shows how loud the room is.
  static let restMsMin = 150
  static let pauseMsMin = 250
  static let hintsMax = 2
  /// The longest text, read at 40 words a minute.
  static let readingMsMax = 90_000
  static let answerMsMax = 30_000
  /// About 3 MB of dictionary; then the decoder begins anew.
  static let addedWordsMax = 20_000
}
