import Conversation
import Storage
import Testing

struct IDSourceTests {
  @Test func `ids are unique and sort by the time they were made, even when clocks go back`() {
    let source = IDSource(seed: 7)
    var random = RandomSource(seed: 8)
    var now: Int64 = 1_700_000_000_000
    var ids: [ID<Person>] = []
    for _ in 0..<20_000 {
      now += Int64.random(in: -2...3, using: &random)
      ids.append(source.next(Timestamp(milliseconds: now)))
    }
    #expect(Set(ids).count == ids.count)
    #expect(ids.map(\.text) == ids.map(\.text).sorted())
    #expect(ids.allSatisfy { $0.text.count == 26 })
  }

  @Test func `ids of later times sort after those of earlier ones from another source`() {
    let early: ID<Person> = IDSource(seed: 1).next(Timestamp(milliseconds: 1_000))
    let late: ID<Person> = IDSource(seed: 2).next(Timestamp(milliseconds: 1_001))
    #expect(early.text < late.text)
  }

  @Test func `tasks that make ids at once make different ones`() async {
    let source = IDSource(seed: 7)
    let ids = await withTaskGroup(of: [String].self) { group in
      for _ in 0..<8 {
        group.addTask {
          (0..<500).map { _ in
            let id: ID<Person> = source.next(Timestamp(milliseconds: 5))
            return id.text
          }
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    #expect(Set(ids).count == 4_000)
  }
}
