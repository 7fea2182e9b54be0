import Conversation
import Foundation
import Language
import Testing

struct PersonaTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Personas")

  @Test func `every persona is sound and the standard one is there`() throws {
    let library = try PersonaLibrary.load(from: Self.folder)
    #expect(library.personas.count >= 2)
    let persona = try #require(library[PersonaLibrary.standardID])
    #expect(persona.languages.contains(.persian))
    #expect(persona.greeting.exactly(.persian)?.isEmpty == false)
    #expect(persona.voice.rateWordsPerMinute > 0)
  }

  @Test(arguments: [
    ("id: patient-teacher", "id: other", "must be the file's name"),
    ("gender: female", "gender: robot", "`gender` must be female or male"),
    ("max_corrections: 2", "max_corrections: many", "`max_corrections` must be a whole number"),
    ("languages: [en, fa]", "languages: []", "`languages` must have"),
    ("voice:", "vioce:", "unknown key `vioce`"),
  ])
  func `a fault is told with its file and line`(_ old: String, _ new: String, _ problem: String)
    throws
  {
    let file = try ContentFolder.file(Self.folder.appendingPathComponent("patient-teacher.yaml"))
    let broken = ContentFolder.File(
      name: file.name, text: file.text.replacing(old, with: new, maxReplacements: 1))
    #expect {
      _ = try PersonaLibrary([broken])
    } throws: { error in
      let faults = (error as? ContentFaults)?.all ?? []
      return faults.contains { $0.problem.contains(problem) }
        && faults.allSatisfy { $0.file == "Personas/patient-teacher.yaml" && $0.line > 0 }
    }
  }

  @Test func `a library without the standard persona is refused`() {
    #expect(throws: ContentFaults.self) { _ = try PersonaLibrary([]) }
  }
}
