/// Where the acoustic model and the pronunciation dictionary of English are.
package struct SpeechModels: Sendable, Equatable {
  package var acousticModelPath: String
  package var dictionaryPath: String

  /// Where Debian's `pocketsphinx-en-us` puts them.
  package static let usual = SpeechModels(
    acousticModelPath: "/usr/share/pocketsphinx/model/en-us/en-us",
    dictionaryPath: "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict")

  package init(acousticModelPath: String, dictionaryPath: String) {
    self.acousticModelPath = acousticModelPath
    self.dictionaryPath = dictionaryPath
  }
}
