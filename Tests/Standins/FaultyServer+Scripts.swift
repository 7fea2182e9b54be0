/// Ready-made ways to be a good or a bad server.
extension FaultyServer {
  /// Answers every request of a connection alike.
  package static func answering(
    _ status: String = "200 OK", headers: String = "", body: String = ""
  ) -> Script {
    { connection in
      while connection.readRequest() != nil {
        guard connection.answer(status, headers: headers, body: body) else { return }
      }
    }
  }

  /// Takes the request and hangs up.
  package static let closing: Script = { connection in _ = connection.readRequest() }

  /// Hangs up without reading.
  package static let closingAtOnce: Script = { _ in }

  /// Takes the request and says nothing.
  package static let silent: Script = { connection in connection.waitForPeerToClose() }

  /// Answers with something that is not HTTP.
  package static let babbling: Script = { connection in
    guard connection.readRequest() != nil else { return }
    connection.write("\u{1}\u{2} 42 is not a status line\r\n\r\n")
  }

  /// Sends a header now and then and never comes to an end.
  package static let dripping: Script = { connection in
    guard connection.readRequest() != nil, connection.write("HTTP/1.1 200 OK\r\n") else { return }
    while connection.pause(milliseconds: 20), connection.write("X-More: to come\r\n") {}
  }

  /// Sends a body without an end.
  package static let endless: Script = { connection in
    guard connection.readRequest() != nil, connection.write("HTTP/1.1 200 OK\r\n\r\n") else {
      return
    }
    while connection.write([UInt8](repeating: 0x61, count: 64 << 10)) {}
  }
}
