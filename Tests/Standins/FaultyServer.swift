import Foundation
import Synchronization

/// A TCP server on loopback that treats every connection as a script says, good or bad.
/// Each connection has a thread of its own, so a script may simply block.
package final class FaultyServer: Sendable {
  package typealias Script = @Sendable (FaultyConnection) -> Void

  package struct CouldNotStart: Error {
    package let code: Int32
  }

  private struct State {
    var accepted = 0
    var open: Set<Int32> = []
    var isStopped = false
  }

  package let port: Int
  private let listener: Int32
  private let identity: TLSIdentity?
  private let state = Mutex(State())

  /// - Parameter identity: given, the server speaks TLS; those who refuse it meet no script.
  package init(
    identity: TLSIdentity? = nil, _ script: @escaping Script
  ) throws(CouldNotStart) {
    self.identity = identity
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard listener >= 0, let port = Self.bindAndListen(listener) else {
      throw CouldNotStart(code: errno)
    }
    self.port = port
    Thread { [self] in acceptAll(script) }.start()
  }

  package var url: String { "\(identity == nil ? "http" : "https")://127.0.0.1:\(port)" }

  package var acceptedConnections: Int { state.withLock { $0.accepted } }

  /// Ends every connection and every script that waits on one.
  package func stop() {
    state.withLock { state in
      guard !state.isStopped else { return }
      state.isStopped = true
      shutdown(listener, Int32(SHUT_RDWR))
      for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }
  }

  private static func bindAndListen(_ listener: Int32) -> Int? {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        guard bind(listener, generic, length) == 0, listen(listener, 1_024) == 0,
          getsockname(listener, generic, &length) == 0
        else { return nil }
        return Int(in_port_t(bigEndian: pointer.pointee.sin_port))
      }
    }
  }

  private func serve(_ descriptor: Int32, _ script: Script) {
    let connection = FaultyConnection(descriptor: descriptor)
    guard let identity else { return script(connection) }
    if let secured = connection.secured(by: identity) { script(secured) }
  }

  private func acceptAll(_ script: @escaping Script) {
    while true {
      let descriptor = accept(listener, nil, nil)
      guard descriptor >= 0 else { break }
      let isStopped = state.withLock { state in
        state.accepted += 1
        if !state.isStopped { state.open.insert(descriptor) }
        return state.isStopped
      }
      if isStopped {
        close(descriptor)
        break
      }
      Thread { [self] in
        serve(descriptor, script)
        // Taken out first: once closed, the number may belong to another connection.
        state.withLock { _ = $0.open.remove(descriptor) }
        close(descriptor)
      }.start()
    }
    close(listener)
  }
}
