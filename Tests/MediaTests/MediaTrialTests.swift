import Media
import Testing

@Suite struct MediaTrialTests {
  @Test func `hundreds of damaged files are read or refused`() {
    var trial = MediaTrial(files: SampleFiles.all(lengthMs: 400), seed: 20_261)
    let report = trial.run(mutants: 360)
    #expect(report.mutants == 360)
    #expect(report.decoded + report.refused.values.reduce(0, +) == 360)
    // Damage that nobody notices, or everybody, would say nothing.
    #expect(report.decoded > 36)
    #expect(report.decoded < 355)
  }

  @Test func `the same seed damages in the same way`() {
    let file = AudioEncoder.wav(SampleFiles.voiceLike(lengthMs: 100))
    var (one, same, other) = (
      MediaTrial(files: [], seed: 5), MediaTrial(files: [], seed: 5), MediaTrial(files: [], seed: 6)
    )
    let mutant = one.mutant(of: file)
    #expect(mutant == same.mutant(of: file))
    #expect(mutant != other.mutant(of: file))
    #expect(one.run(mutants: 5).mutants == 0)
  }
}
