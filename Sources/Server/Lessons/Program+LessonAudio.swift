import Speech
import Storage

extension Program {
  /// Makes ahead what lessons say, while the program does not serve.
  ///
  /// - Parameter stepsMax: of at most four texts each.
  /// - Returns: how many are ready, and how many are not.
  package func makeLessonAudio(stepsMax: Int) async throws -> (ready: Int, missing: Int) {
    try await lessons.make(stepsMax: stepsMax)
    let shelf = try await lessons.voices.now(database)
    let counts = try await database.read { try shelf.counts(in: $0) }
    await speech.worker.stop()
    return (counts.ready, counts.missing)
  }

  /// How much of what lessons say is made, and what cannot be.
  package func lessonAudio() async throws -> (
    counts: LessonAudioShelf.Counts, troubles: [LessonAudioShelf.Trouble]
  ) {
    let shelf = try await lessons.voices.now(database)
    return try await database.read { (try shelf.counts(in: $0), try shelf.troubles(in: $0)) }
  }

  /// Removes what no lesson says any more.
  ///
  /// - Returns: how many.
  package func sweepLessonAudio() async throws -> Int { try await lessons.sweep() }
}
