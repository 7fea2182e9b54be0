import Conversation

/// What is going to happen.
enum Event {
  case personActs(Int)
  /// The same, without going on afterwards.
  case personAdds(Int)
  case arrive(Letter)
  case sendersLook(line: Int)
  case reachProvider(FlyingCall)
  case callEnds(FlyingCall, SendOutcome)
  case reportArrives(DeliveryReport, person: Int)
  case workersLook
  case jobEnds(RunningJob, JobOutcome)
  case restart
  case staffLeaves(Int)
  case failedAreRetried
}

/// Events in the order of their time; those of one time in the order they were planned.
struct Agenda {
  private struct Item {
    let atMs: Int64
    let number: Int
    let event: Event

    func isBefore(_ other: Item) -> Bool { (atMs, number) < (other.atMs, other.number) }
  }

  private var heap: [Item] = []
  private var planned = 0

  var isEmpty: Bool { heap.isEmpty }

  mutating func plan(_ event: Event, at atMs: Int64) {
    planned += 1
    heap.append(Item(atMs: atMs, number: planned, event: event))
    var child = heap.count - 1
    while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func next() -> (atMs: Int64, event: Event)? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return (first.atMs, first.event)
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].isBefore(heap[least]) {
        least = child
      }
      guard least != parent else { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
