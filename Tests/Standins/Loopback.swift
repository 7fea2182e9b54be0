import Foundation

/// Plain sockets on 127.0.0.1.
enum Loopback {
  static func withAddress<Result>(
    port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    address.sin_port = in_port_t(UInt16(port)).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  /// A connected socket, to be closed by the caller.
  static func connect(port: Int, flags: Int32 = 0) -> Int32? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | flags, 0)
    guard descriptor >= 0 else { return nil }
    let isConnected = withAddress(port: port) { address, length in
      Foundation.connect(descriptor, address, length) == 0 || errno == EINPROGRESS
    }
    guard isConnected else {
      close(descriptor)
      return nil
    }
    return descriptor
  }
}

/// A port whose queue is full: who connects there waits for ever.
package final class FullPort {
  private static let crowd = 8

  package let port: Int
  private let listener: Int32
  private var waiting: [Int32] = []

  package init() throws(FaultyServer.CouldNotStart) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.listener = listener
    var address = sockaddr()
    var length = socklen_t(MemoryLayout<sockaddr>.size)
    guard listener >= 0,
      Loopback.withAddress(port: 0, { bind(listener, $0, $1) }) == 0, listen(listener, 0) == 0,
      getsockname(listener, &address, &length) == 0
    else { throw FaultyServer.CouldNotStart(code: errno) }
    port = withUnsafeBytes(of: address.sa_data) { Int($0[0]) << 8 | Int($0[1]) }
    let flags = Int32(SOCK_NONBLOCK.rawValue)
    let port = port
    waiting = (0..<Self.crowd).compactMap { _ in Loopback.connect(port: port, flags: flags) }
  }

  deinit {
    for descriptor in waiting + [listener] { close(descriptor) }
  }
}
