import Conversation
import Learning
import Rehearsal
import Testing

struct LessonCopyTests {
  @Test(arguments: ["en", "fa", "ar"])
  func `every phrase of a lesson is there`(_ language: String) throws {
    let catalogue = try PhraseCatalogue(
      yaml: Project.text("Prompts/\(language).yaml"), file: "Prompts/\(language).yaml")
    let missing = Learning.phrases.map { $0.rawValue }.filter { !catalogue.keys.contains($0) }
    #expect(missing == [])
  }
}
