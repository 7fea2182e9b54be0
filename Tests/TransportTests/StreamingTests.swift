import Foundation
import Standins
import Synchronization
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct StreamingTests {
  private static let megabyte = 1 << 20
  private static let large = 64 * megabyte
  /// What sockets, curl and our own buffers may hold between the two ends.
  private static let heldMax = 16 * megabyte

  /// Sends a large body; tells how much it had sent when the peer first took no more for a while.
  private static func pouring(
    _ stalledAt: AsyncStream<Int>.Continuation
  ) -> FaultyServer.Script {
    { connection in
      guard connection.readRequest() != nil else { return }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(large)\r\n\r\n")
      let piece = [UInt8](repeating: 0x61, count: 64 << 10)
      var sent = 0
      while sent < large {
        if !connection.canWrite(withinMs: 300) { stalledAt.yield(sent) }
        guard connection.write(piece) else { break }
        sent += piece.count
      }
      stalledAt.finish()
    }
  }

  @Test func `what is not read is not fetched`() async throws {
    let (stalls, stalledAt) = AsyncStream<Int>.makeStream()
    try await withServer(Self.pouring(stalledAt)) { server, client in
      let response = try await client.stream(
        HTTPRequest(
          url: server.url, timeouts: .init(stallMs: 100, totalMs: 50_000),
          maxResponseBytes: Self.large))
      #expect(response.status == 200)
      #expect(response.headers["Content-Length"] == "\(Self.large)")
      var firstStall: Int?
      for await sent in stalls.prefix(1) { firstStall = sent }
      #expect(try #require(firstStall) < Self.heldMax)
      var received = 0
      for try await piece in response { received += piece.count }
      #expect(received == Self.large)
    }
  }

  @Test func `letting go of an answer ends its transfer`() async throws {
    let (stalls, stalledAt) = AsyncStream<Int>.makeStream()
    try await withServer(Self.pouring(stalledAt)) { server, client in
      do {
        let response = try await client.stream(
          HTTPRequest(url: server.url, maxResponseBytes: Self.large))
        let pieces = response.makeAsyncIterator()
        #expect(try await pieces.next()?.isEmpty == false)
      }
      // The script ends only once its connection does.
      for await _ in stalls {}
      #expect(server.acceptedConnections == 1)
    }
  }

  @Test func `a stream is cut at the allowed size, after what was allowed`() async throws {
    try await withServer(FaultyServer.endless) { server, client in
      let response = try await client.stream(
        HTTPRequest(url: server.url, maxResponseBytes: Self.megabyte))
      var received = 0
      let failure = await #expect(throws: HTTPFailure.self) {
        for try await piece in response { received += piece.count }
      }
      #expect(failure == .responseTooLarge(host: "127.0.0.1", limitBytes: Self.megabyte))
      #expect(received <= Self.megabyte)
    }
  }

  @Test func `a stream that fails before its head throws at once`() async throws {
    try await withServer(FaultyServer.closing) { server, client in
      let failure = await #expect(throws: HTTPFailure.self) {
        _ = try await client.stream(HTTPRequest(method: .post, url: server.url))
      }
      #expect(failure == .outcomeUnknown(host: "127.0.0.1", .connectionLost))
    }
  }

  @Test func `a stream that breaks off says so`() async throws {
    let script: FaultyServer.Script = { connection in
      guard connection.readRequest() != nil else { return }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
    }
    try await withServer(script) { server, client in
      let response = try await client.stream(HTTPRequest(url: server.url))
      var received: [UInt8] = []
      let failure = await #expect(throws: HTTPFailure.self) {
        for try await piece in response { received += piece }
      }
      #expect(failure == .outcomeUnknown(host: "127.0.0.1", .connectionLost))
      #expect(received == Array("half".utf8))
    }
  }

  @Test func `a large body is fetched only as fast as the peer takes it`() async throws {
    let received = Atomic(0)
    let script: FaultyServer.Script = { connection in
      guard var head = connection.read(max: 4_096).map({ String(decoding: $0, as: UTF8.self) })
      else { return }
      head = head.components(separatedBy: "\r\n\r\n").dropFirst().joined()
      var count = head.utf8.count
      // Long enough for an impatient sender to have fetched everything.
      if connection.isGone(withinMs: 300) { return }
      while count < Self.large, let piece = connection.read(max: 64 << 10) {
        count += piece.count
        received.store(count, ordering: .relaxed)
      }
      connection.answer()
    }
    try await withServer(script) { server, client in
      let supplied = Atomic(0)
      let lead = Mutex(0)
      let upload = HTTPUpload(byteCount: Self.large) {
        let count = supplied.wrappingAdd(Self.megabyte, ordering: .relaxed).newValue
        guard count <= Self.large else { return nil }
        lead.withLock { $0 = max($0, count - received.load(ordering: .relaxed)) }
        return [UInt8](repeating: 0x62, count: Self.megabyte)
      }
      let response = try await client.send(
        HTTPRequest(method: .post, url: server.url, upload: upload))
      #expect(response.status == 200)
      #expect(received.load(ordering: .relaxed) == Self.large)
      #expect(lead.withLock { $0 } < Self.heldMax)
    }
  }

  private struct SourceFault: Error {}

  @Test(arguments: [3, 5])
  func `a body whose source fails or ends early is not sent whole`(pieces: Int) async throws {
    try await withServer(FaultyServer.answering()) { server, client in
      let given = Atomic(0)
      let upload = HTTPUpload(byteCount: 6) {
        let number = given.wrappingAdd(1, ordering: .relaxed).newValue
        if number > pieces { return nil }
        if number > 4 { throw SourceFault() }
        return [0x61]
      }
      let failure = try await client.failure(
        of: HTTPRequest(method: .post, url: server.url, upload: upload))
      #expect(failure == .invalidRequest(.body))
    }
  }

  @Test func `a file goes up inside a form without being held`() async throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("parlance-upload-\(UUID().uuidString)").path
    let content = String(repeating: "voice ", count: 100_000)
    try Data(content.utf8).write(to: URL(fileURLWithPath: path))
    defer { unlink(path) }
    let seen = Mutex("")
    let script: FaultyServer.Script = { connection in
      guard let request = connection.readRequest() else { return }
      seen.withLock { $0 = request }
      connection.answer()
    }
    try await withServer(script) { server, client in
      var form = MultipartForm(boundary: "edge")
      form.addField("kind", "audio")
      let (contentType, upload) = form.ending(
        withFile: "file", fileName: "a.ogg", contentType: "audio/ogg", try HTTPUpload.file(path))
      _ = try await client.send(
        HTTPRequest(
          method: .post, url: server.url, headers: ["Content-Type": contentType], upload: upload))
    }
    var whole = MultipartForm(boundary: "edge")
    whole.addField("kind", "audio")
    whole.addFile("file", fileName: "a.ogg", contentType: "audio/ogg", bytes: Array(content.utf8))
    let body = String(decoding: whole.encoded().body, as: UTF8.self)
    #expect(seen.withLock { $0 }.hasSuffix("\r\n\r\n" + body))
  }

  @Test func `a file that is missing is told before anything is sent`() {
    #expect(throws: HTTPUpload.FileUnreadable.self) { try HTTPUpload.file("/nowhere/at/all") }
  }

  @Test func `a body beyond the client's bound is not sent`() async throws {
    try await withServer(limits: .init(requestBytesMax: 10), FaultyServer.answering()) {
      server, client in
      let failure = try await client.failure(
        of: HTTPRequest(method: .post, url: server.url, body: Array(repeating: 0, count: 11)))
      #expect(failure == .invalidRequest(.body))
      #expect(server.acceptedConnections == 0)
    }
  }
}
