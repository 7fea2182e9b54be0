import Dispatch

/// Runs what blocks or computes for long on threads of its own, so that the cooperative pool stays
/// free.
enum Aside {
  private static let queue = DispatchQueue(label: "parlance-practice", attributes: .concurrent)

  static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: body()) }
    }
  }
}
