import Storage
import Testing

struct TablesTests {
  @Test func `these tests can look into every table`() throws {
    let stage = try AccountsStage()
    #expect(!(try stage.dump().values.joined().contains { $0.contains("unknown table") }))
  }
}
