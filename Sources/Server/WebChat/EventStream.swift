import Channels
import Conversation
import Hummingbird
import NIOCore

/// Server-sent events to one page: what it has not seen yet, then whatever comes, and a sign of
/// life in between.
struct EventStream: Sendable {
  static let pingMs: Int64 = 15_000
  /// A page that does not read for this long is cut off and will come back.
  static let batchMax = ChatHistory.limitMax

  let signals: AsyncStream<WebChatHub.Signal>
  /// The messages after a position, each as its id and its JSON.
  let messages: @Sendable (_ after: Int) async throws -> [(position: Int, json: String)]

  func body(after lastSeen: Int) -> ResponseBody {
    ResponseBody { writer in
      var position = lastSeen
      try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
      try await catchUp(&position, &writer)
      let beats = pulses()
      for await beat in beats {
        switch beat {
        case .signal(.changed): try await catchUp(&position, &writer)
        case .signal(.typing(let activity)):
          let voice = activity == .recordingVoice
          try await write("typing", "{\"active\":true,\"voice\":\(voice)}", to: &writer)
        case .signal(.draft(let json)):
          // Many drafts may have pushed out the sign that there are messages.
          try await catchUp(&position, &writer)
          try await write("draft", json, to: &writer)
        case .signal(.settled(let settled, let token)):
          let data = "{\"id\":\"\(settled)\",\"chosen\":\(JSONText.quoted(token))}"
          try await write("settled", data, to: &writer)
        case .ping: try await write("ping", "{}", to: &writer)
        case .end:
          try await writer.finish(nil)
          return
        }
      }
      try await writer.finish(nil)
    }
  }

  private enum Beat: Sendable {
    case signal(WebChatHub.Signal)
    case ping
    case end
  }

  /// The signals and a regular ping as one stream.
  private func pulses() -> AsyncStream<Beat> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Beat.self, bufferingPolicy: .bufferingNewest(WebChatHub.signalsKept))
    let forward = Task { [signals] in
      for await signal in signals { continuation.yield(.signal(signal)) }
      continuation.yield(.end)
      continuation.finish()
    }
    let ping = Task {
      while !Task.isCancelled {
        do { try await Task.sleep(for: .milliseconds(Self.pingMs)) } catch { return }
        continuation.yield(.ping)
      }
    }
    continuation.onTermination = { _ in
      forward.cancel()
      ping.cancel()
    }
    return stream
  }

  @concurrent private func catchUp(
    _ position: inout Int, _ writer: inout any ResponseBodyWriter
  ) async throws {
    while true {
      let batch = try await messages(position)
      for message in batch {
        let event = "id: \(message.position)\nevent: message\ndata: \(message.json)\n\n"
        try await writer.write(ByteBuffer(string: event))
        position = max(position, message.position)
      }
      guard batch.count >= Self.batchMax else { return }
    }
  }

  @concurrent private func write(
    _ event: String, _ data: String, to writer: inout any ResponseBodyWriter
  ) async throws {
    try await writer.write(ByteBuffer(string: "event: \(event)\ndata: \(data)\n\n"))
  }
}
