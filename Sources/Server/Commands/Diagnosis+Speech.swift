import Speech

extension Diagnosis {
  mutating func examineSpeech() async {
    let worker = SpeechWorker()
    do {
      _ = try await worker.abilities()
      pass("speech", "sound is handled")
    } catch {
      fail("speech", "parlance-speech does not answer: build it beside parlance (`make run`)")
    }
    await worker.stop()
  }
}
