package import Storage

/// Where the time comes from: the machine, a test, the simulator.
package struct TimeSource: Sendable {
  package let now: @Sendable () -> Timestamp

  package init(_ now: @escaping @Sendable () -> Timestamp) { self.now = now }
}
