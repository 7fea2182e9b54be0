import Conversation
import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// Stands in for the Bot API and writes down every message it takes, in the order it took them.
final class CrashSink: Sendable {
  struct Answer: Sendable {
    var status = 200
    var body = #"{"ok":true,"result":true}"#
    var delayMs: Int64 = 0
    var hangsUp = false
  }

  private struct Message: Decodable {
    let chat: Int64
    let text: String

    enum CodingKeys: String, CodingKey {
      case chat = "chat_id"
      case text
    }
  }

  private struct State {
    var random: RandomSource
    var record = CrashSinkRecord()
  }

  private let state: Mutex<State>

  init(seed: UInt64) { state = Mutex(State(random: RandomSource(seed: seed))) }

  var record: CrashSinkRecord { state.withLock(\.record) }

  /// Whatever is taken from now on comes from the next process.
  func beginLife() { state.withLock { $0.record.life += 1 } }

  /// Listens on a port of 127.0.0.1 until the channel is closed.
  func listen() async throws -> any NIOCore.Channel {
    try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 256)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(CrashSinkConnection(sink: self))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  func answer(method: String, body: [UInt8]) -> Answer {
    guard method == "sendMessage" else { return Answer() }
    let message: Message
    do {
      message = try JSONDecoder().decode(Message.self, from: Data(body))
    } catch {
      state.withLock { $0.record.unreadable += 1 }
      return Self.refusal(400, "unreadable")
    }
    return state.withLock { state in
      switch CrashSinkScript.draw(&state.random) {
      case .take:
        return Self.taken(state.record.take(message.chat, message.text), message.chat)
      case .takeLate(let delayMs):
        state.record.late += 1
        var answer = Self.taken(
          state.record.take(message.chat, message.text), message.chat)
        answer.delayMs = delayMs
        return answer
      case .takeAndHangUp:
        _ = state.record.take(message.chat, message.text, answerIsLost: true)
        return Answer(hangsUp: true)
      case .refuseForNow:
        state.record.refused += 1
        return Self.refusal(429, "Too Many Requests", ",\"parameters\":{\"retry_after\":1}")
      case .fail:
        state.record.failed += 1
        return Self.refusal(500, "Internal Server Error")
      }
    }
  }

  private static func taken(_ messageID: Int, _ chat: Int64) -> Answer {
    Answer(
      body: """
        {"ok":true,"result":{"message_id":\(messageID),"date":1760000000,\
        "chat":{"id":\(chat),"type":"private"}}}
        """)
  }

  private static func refusal(_ status: Int, _ text: String, _ more: String = "") -> Answer {
    Answer(
      status: status,
      body: "{\"ok\":false,\"error_code\":\(status),\"description\":\"\(text)\"\(more)}")
  }
}

/// What the stand-in has seen.
package struct CrashSinkRecord: Sendable {
  package struct Call: Sendable {
    package let chat: String
    package let text: String
    package let messageID: Int
    /// The connection was closed instead of answering.
    package let answerIsLost: Bool
    /// How many processes had been killed before this one called.
    package let life: Int
  }

  /// In the order they were taken.
  package private(set) var calls: [Call] = []
  package var life = 0
  package var late = 0
  package var refused = 0
  package var failed = 0
  package var unreadable = 0

  package init() {}

  /// - Returns: the message's id.
  package mutating func take(_ chat: Int64, _ text: String, answerIsLost: Bool = false) -> Int {
    let messageID = calls.count + 1
    calls.append(
      Call(
        chat: String(chat), text: text, messageID: messageID, answerIsLost: answerIsLost,
        life: life))
    return messageID
  }
}
