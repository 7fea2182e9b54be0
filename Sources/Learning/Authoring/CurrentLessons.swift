import Conversation

/// A flow that sees in each step what has been published until then.
struct CurrentLessons<Inner: Flow>: Flow {
  let inner: Inner
  let shelf: LessonShelf

  init(_ inner: Inner, _ shelf: LessonShelf) {
    self.inner = inner
    self.shelf = shelf
  }

  var name: FlowName { inner.name }
  var version: Int { inner.version }
  var reads: Set<ReadableKind> { inner.reads }
  var followsPerson: Bool { inner.followsPerson }
  var beginsAnew: Bool { inner.beginsAnew }

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<Inner.State> {
    try shelf.follow(in: turn.database)
    return try inner.begin(argument, turn)
  }

  func receive(
    _ input: Input, in state: Inner.State, _ turn: Turn
  ) throws -> Next<Inner.State> {
    try shelf.follow(in: turn.database)
    return try inner.receive(input, in: state, turn)
  }

  func resume(in state: Inner.State, _ turn: Turn) throws -> Next<Inner.State> {
    try shelf.follow(in: turn.database)
    return try inner.resume(in: state, turn)
  }

  func migrate(_ json: String, from version: Int) throws -> Inner.State {
    try inner.migrate(json, from: version)
  }
}
