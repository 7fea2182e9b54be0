/// Why audio was not taken, or not made.
package enum MediaFault: Error, Sendable, Equatable, CaseIterable {
  case tooLarge
  case empty
  /// No audio file of any kind.
  case notAudio
  /// A kind of file or of sound that is not read here.
  case unsupported
  case damaged
  /// More streams in one file than any recording has. libav says it the same way when the tables
  /// of a file ask for more memory than they may have.
  case tooManyStreams
  case tookTooLong
  case outOfMemory
}
