import Testing

@testable import Storage

struct CrowdTests {
  private func crowd(flushMs: Int, answered: Int, waiting: Int) -> Crowd {
    var crowd = Crowd()
    crowd.note(flush: .milliseconds(flushMs), answered: answered, waiting: waiting)
    return crowd
  }

  @Test func `on a slow disk a commit waits for those who have just been answered`() {
    let crowd = crowd(flushMs: 8, answered: 32, waiting: 32)
    #expect(crowd.size == 64)
    #expect(crowd.wait(for: 32) == .milliseconds(4))
  }

  @Test func `a commit with everybody in it waits for nobody`() {
    #expect(crowd(flushMs: 8, answered: 64, waiting: 0).wait(for: 64) == nil)
  }

  @Test func `on a quick disk nobody waits`() {
    #expect(crowd(flushMs: 1, answered: 64, waiting: 0).wait(for: 1) == nil)
  }

  @Test func `a lone caller on a slow disk does not wait`() {
    #expect(crowd(flushMs: 50, answered: 1, waiting: 0).wait(for: 1) == nil)
    #expect(crowd(flushMs: 50, answered: 7, waiting: 0).wait(for: 1) == nil)
  }

  @Test func `the wait is bounded however slow the disk is`() {
    #expect(crowd(flushMs: 900, answered: 20, waiting: 0).wait(for: 1) == Crowd.waitMax)
  }
}
