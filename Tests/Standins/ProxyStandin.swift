import Foundation
import Synchronization

/// A proxy on loopback that brings everybody to one port, whatever name they asked for.
package final class ProxyStandin: Sendable {
  package enum Kind: Sendable {
    case http, socks5
  }

  /// Who may pass.
  package struct Credentials: Sendable, Equatable {
    package let user: String
    package let password: String

    package init(user: String, password: String) {
      self.user = user
      self.password = password
    }

    fileprivate var basic: String {
      "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    }
  }

  private struct Settings: Sendable {
    let kind: Kind
    let credentials: Credentials?
    let destinationPort: Int
  }

  package let server: FaultyServer
  private let kind: Kind
  private let log: Log

  private final class Log: Sendable {
    let destinations = Mutex<[String]>([])
  }

  package init(
    _ kind: Kind, to destinationPort: Int, credentials: Credentials? = nil
  ) throws(FaultyServer.CouldNotStart) {
    let settings = Settings(
      kind: kind, credentials: credentials, destinationPort: destinationPort)
    let log = Log()
    self.kind = kind
    self.log = log
    server = try FaultyServer { connection in
      let destination =
        switch settings.kind {
        case .http: Self.acceptHTTP(connection, settings)
        case .socks5: Self.acceptSOCKS(connection, settings)
        }
      guard let destination else { return }
      log.destinations.withLock { $0.append(destination) }
      Self.relay(connection.descriptor, to: settings.destinationPort)
    }
  }

  /// What clients asked for, as name and port.
  package var destinations: [String] { log.destinations.withLock { $0 } }

  package func url(_ credentials: Credentials? = nil) -> String {
    let scheme =
      switch kind {
      case .http: "http"
      case .socks5: "socks5h"
      }
    let base = "\(scheme)://127.0.0.1:\(server.port)"
    guard let credentials else { return base }
    return base.replacing("://", with: "://\(credentials.user):\(credentials.password)@")
  }

  package func stop() { server.stop() }

  private static func acceptHTTP(_ connection: FaultyConnection, _ settings: Settings) -> String? {
    guard let request = connection.readRequest() else { return nil }
    let words = request.prefix { $0 != "\r\n" }.split(separator: " ")
    guard words.count == 3, words[0] == "CONNECT" else { return nil }
    if let credentials = settings.credentials,
      !request.contains("Proxy-Authorization: \(credentials.basic)\r\n")
    {
      connection.answer("407 Proxy Authentication Required")
      return nil
    }
    connection.write("HTTP/1.1 200 Connected\r\n\r\n")
    return String(words[1])
  }

  /// RFC 1928, and RFC 1929 for user and password.
  private static func acceptSOCKS(_ connection: FaultyConnection, _ settings: Settings) -> String? {
    guard let greeting = connection.read(max: 257), greeting.count > 2 else { return nil }
    let method: UInt8 = settings.credentials == nil ? 0 : 2
    guard greeting[2...].contains(method) else {
      connection.write([5, 0xFF])
      return nil
    }
    connection.write([5, method])
    if let credentials = settings.credentials {
      guard let given = connection.read(max: 513) else { return nil }
      let (user, password) = (Array(credentials.user.utf8), Array(credentials.password.utf8))
      let wanted = [1, UInt8(user.count)] + user + [UInt8(password.count)] + password
      connection.write([1, given == wanted ? 0 : 1])
      guard given == wanted else { return nil }
    }
    // Only names are served: numbers would mean that somebody looked them up on our side.
    guard let wish = connection.read(max: 262), wish.count > 7, wish[3] == 3 else { return nil }
    let end = 5 + Int(wish[4])
    guard wish.count == end + 2 else { return nil }
    connection.write([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
    let port = Int(wish[end]) << 8 | Int(wish[end + 1])
    return String(decoding: wish[5..<end], as: UTF8.self) + ":\(port)"
  }

  private static func relay(_ client: Int32, to port: Int) {
    guard let peer = Loopback.connect(port: port) else { return }
    defer { close(peer) }
    var watched = [client, peer].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while poll(&watched, nfds_t(watched.count), -1) > 0 {
      for (index, target) in [(0, peer), (1, client)] where watched[index].revents != 0 {
        let count = recv(watched[index].fd, &buffer, buffer.count, 0)
        guard count > 0 else { return }
        guard send(target, buffer, count, Int32(MSG_NOSIGNAL)) == count else { return }
      }
    }
  }
}
