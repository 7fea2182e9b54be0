package import Foundation
package import Language

/// What is practised with, read once at start.
package struct PracticeContent: Sendable {
  package let readings: ReadingLibrary
  package let topics: TalkTopics
  package let personas: PersonaLibrary

  package init(readings: ReadingLibrary, topics: TalkTopics, personas: PersonaLibrary) {
    self.readings = readings
    self.topics = topics
    self.personas = personas
  }

  /// - Throws: `ContentFaults` with everything that is wrong.
  package static func load(curriculum: URL, personas: URL) throws -> PracticeContent {
    PracticeContent(
      readings: try ReadingLibrary(
        ContentFolder.files(in: curriculum.appending(path: "reading"))),
      topics: try TalkTopics(ContentFolder.files(in: curriculum.appending(path: "talk"))),
      personas: try PersonaLibrary.load(from: personas))
  }

  func persona(_ id: String?) -> Persona? {
    id.flatMap { personas[$0] } ?? personas[PersonaLibrary.standardID]
  }
}
