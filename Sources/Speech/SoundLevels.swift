/// How loud a recording is, where somebody speaks in it, and how far the voice stands out.
/// Decibels are below full scale.
package struct SoundLevels: Codable, Sendable, Equatable {
  package var durationMs: Int
  /// It was longer than is read; all of this is about the beginning.
  package var isCut: Bool
  package var rmsDecibels: Double
  package var peakDecibels: Double
  package var speechMs: Int
  package var silenceMs: Int
  /// 250 ms or longer, between two stretches of speech.
  package var pauses: [Pause]
  package var signalToNoiseDecibels: Double

  package init(
    durationMs: Int, isCut: Bool, rmsDecibels: Double, peakDecibels: Double, speechMs: Int,
    silenceMs: Int, pauses: [Pause], signalToNoiseDecibels: Double
  ) {
    self.durationMs = durationMs
    self.isCut = isCut
    self.rmsDecibels = rmsDecibels
    self.peakDecibels = peakDecibels
    self.speechMs = speechMs
    self.silenceMs = silenceMs
    self.pauses = pauses
    self.signalToNoiseDecibels = signalToNoiseDecibels
  }
}
