/// Why nothing was heard, read or spoken.
package enum SpeechFault: Error, Codable, Sendable, Equatable {
  /// Nothing is configured that could do it.
  case unavailable
  /// Somebody was reached and would not; the reason is for logs, without secrets.
  case refused(String)
  /// Nobody was reached, or they are in trouble themselves; later it may work.
  case unreachable
  case tookTooLong
  case media(MediaProblem)
  /// No engine here can pronounce the text.
  case textNotSpeakable
  /// As much is asked for already as can wait; later it may work.
  case busy
  /// The process that does the work ended, twice, or said what cannot be read.
  case worker
}

/// What is wrong with audio that somebody sent.
package enum MediaProblem: String, Error, Codable, Sendable, CaseIterable {
  case tooLarge
  case empty
  case notAudio
  case unsupported
  case damaged
  case tooManyStreams
  case tookTooLong
  case outOfMemory
}
