import Channels
import Conversation
import Rehearsal
import Storage
import Synchronization
import Testing

struct TerminalChatTests {
  private static let question = Reply(
    "**Tea** or coffee?", choices: [Choice("tea", "Tea"), Choice("coffee", "Coffee")])

  @Test func `choices are numbered lines`() async throws {
    let screen = try await talk(["hello"])
    #expect(screen == ["Tea or coffee?\n\n1. Tea\n2. Coffee"])
  }

  @Test(arguments: ["2", "coffee", "۲", "Coffee"])
  func `a choice is made by its number or its title`(_ line: String) async throws {
    let screen = try await talk(["hello", line])
    #expect(screen.last == "Thank you")
    let chosen = try stored("SELECT chosen AS value FROM deliveries WHERE position = 2")
    #expect(chosen == "2:coffee")
  }

  @Test func `a command is obeyed and an empty line says nothing`() async throws {
    let screen = try await talk(["hello", "", "  ", "2", "/menu"])
    #expect(screen.count == 3)
    #expect(screen.last == screen.first)
    #expect(try stored("SELECT count(*) || '' AS value FROM inbounds") == "3")
  }

  @Test func `what comes unasked is shown when it comes`() async throws {
    let database = database
    let (events, signal) = AsyncStream<TerminalChat.Event>.makeStream()
    signal.yield(.line("hello"))
    let (screen, shown) = AsyncStream<String>.makeStream()
    let chat = try chat { shown.yield($0) }
    let task = Task { try await chat.run(events) }
    var iterator = screen.makeAsyncIterator()
    _ = await iterator.next()
    try database.writeBlocking {
      try $0.execute(
        "UPDATE messages SET position = 5, text = 'Your \\_result\\_' WHERE author = 'bot'")
    }
    signal.yield(.news)
    #expect(await iterator.next() == "Your _result_")
    signal.finish()
    _ = try await task.value
  }

  private let database: Database

  init() throws {
    database = try Database(.memory)
    try database.migrate(ConversationSchema.migrations)
  }

  private func talk(_ lines: [String]) async throws -> [String] {
    let (events, signal) = AsyncStream<TerminalChat.Event>.makeStream()
    for line in lines { signal.yield(.line(line)) }
    signal.finish()
    let screen = Screen()
    try await chat { screen.write($0) }.run(events)
    return screen.texts
  }

  private func chat(_ write: @escaping @Sendable (String) -> Void) throws -> TerminalChat {
    let database = database
    let engine = try TestEngine.make(
      saying: Self.question, [.terminal: TerminalChat.capabilities])
    return TerminalChat(
      keyPrefix: "test",
      accept: { inbound in
        _ = try await database.write {
          try engine.receive(inbound, at: Rehearsal.start, in: $0)
        }
      },
      fetch: { position in
        try await database.read {
          try ChatHistory.messages(
            channel: .terminal, chatID: TerminalChat.chatID, after: position, in: $0)
        }
      }, write: write)
  }

  private func stored(_ sql: SQL) throws -> String? {
    try database.readBlocking { try $0.first(sql)?.value("value") }
  }

  private final class Screen: Sendable {
    private let kept = Mutex<[String]>([])
    var texts: [String] { kept.withLock { $0 } }
    func write(_ text: String) { kept.withLock { $0.append(text) } }
  }
}
