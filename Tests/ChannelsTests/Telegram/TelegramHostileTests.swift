import Channels
import Conversation
import Standins
import Testing

struct TelegramHostileTests {
  private static let oddValues: [JSONValue] = [
    .null, true, 5, -1.5, 1e308, "", "x", [], [[]], [:], ["a": 1], [5], .integer(.min),
  ]

  @Test func `an update cut off anywhere is not JSON`() throws {
    let bytes = try Self.richest.encoded()
    for count in bytes.indices {
      #expect(throws: DecodingFault.notJSON) {
        try TelegramUpdate.decode(Array(bytes.prefix(count)))
      }
    }
  }

  @Test func `any value in any place is either read or found missing`() throws {
    for update in Self.samples {
      var tried = 0
      for path in paths(in: update) {
        for odd in Self.oddValues {
          let bytes = try replacing(path[...], in: update, by: odd).encoded()
          tried += 1
          do {
            _ = try TelegramUpdate.decode(bytes)
          } catch {
            #expect(error == .missingFields, "\(path)")
          }
        }
      }
      #expect(tried > 50)
    }
  }

  @Test(arguments: [
    ["update_id"], ["message"], ["message", "chat"], ["message", "chat", "id"],
    ["message", "chat", "type"], ["message", "text"],
  ])
  func `what every message has must be what it ought to be`(_ path: [String]) throws {
    let bytes = try replacing(path[...], in: Sample.text("hi"), by: [1.5]).encoded()
    #expect(throws: DecodingFault.missingFields) { try TelegramUpdate.decode(bytes) }
  }

  @Test(arguments: [
    ["message", "from", "first_name"], ["message", "from", "language_code"],
    ["message", "message_id"], ["message", "date"], ["message", "from"],
  ])
  func `what we can do without may be anything`(_ path: [String]) throws {
    let bytes = try replacing(path[...], in: Sample.text("hi"), by: [1.5]).encoded()
    guard case .inbound(let inbound) = try TelegramUpdate.decode(bytes) else {
      Issue.record("ignored")
      return
    }
    #expect(inbound.content == .text("hi"))
  }

  @Test(arguments: [
    "[]", "5", "null", "\"update_id\"", "{}", "{\"update_id\":\"5\"}", "{\"update_id\":5.5}",
    "{\"update_id\":99999999999999999999}", "{\"update_id\":null,\"message\":{}}",
  ])
  func `JSON that is no update lacks fields`(_ text: String) {
    #expect(throws: DecodingFault.missingFields) { try TelegramUpdate.decode(Array(text.utf8)) }
  }

  @Test func `a tower of brackets is refused, not climbed`() {
    let tower = "{\"update_id\":1,\"message\":" + String(repeating: "[", count: 1_000_000)
    #expect(throws: DecodingFault.notJSON) { try TelegramUpdate.decode(Array(tower.utf8)) }
  }

  @Test func `damaged updates never do more than fail`() throws {
    var generator = JSONGenerator(seed: 20)
    let bytes = try Self.richest.encoded()
    var refused = 0
    for _ in 0..<5_000 {
      do {
        _ = try TelegramUpdate.decode(generator.damaged(bytes))
      } catch {
        refused += 1
      }
    }
    #expect(refused > 1_000)
  }

  private static let richest = Sample.message([
    "text": "/start REF 😀", "entities": [["type": "bot_command", "offset": 0, "length": 6]],
    "voice": Sample.file, "photo": [Sample.file, Sample.file],
  ])

  private static let samples: [JSONValue] = [
    richest,
    Sample.message(["photo": [Sample.file, Sample.file], "caption": "c"]),
    Sample.message(["voice": Sample.file]),
    Sample.message(["location": ["latitude": 1.5, "longitude": 2.5]]),
    Sample.message(["contact": ["phone_number": "1", "first_name": "S", "user_id": 5]]),
    Sample.message(["text": "better"], kind: "edited_message"),
    Sample.update(
      "callback_query",
      [
        "id": "7", "from": Sample.person, "data": "1:a",
        "message": ["chat": Sample.privateChat, "message_id": 4],
      ]),
    Sample.update(
      "message_reaction",
      [
        "chat": Sample.privateChat, "user": Sample.person,
        "new_reaction": [["type": "emoji", "emoji": "👍"]],
      ]),
    Sample.update(
      "my_chat_member",
      [
        "chat": Sample.privateChat, "from": Sample.person,
        "new_chat_member": ["status": "kicked"],
      ]),
  ]

  private func paths(in value: JSONValue) -> [[String]] {
    switch value {
    case .object(let members):
      members.flatMap { name, value in [[name]] + paths(in: value).map { [name] + $0 } }
    case .array(let items):
      items.enumerated().flatMap { index, value in
        [["\(index)"]] + paths(in: value).map { ["\(index)"] + $0 }
      }
    case .null, .bool, .integer, .number, .string: []
    }
  }

  private func replacing(
    _ path: ArraySlice<String>, in value: JSONValue, by odd: JSONValue
  ) -> JSONValue {
    guard let name = path.first else { return odd }
    switch value {
    case .object(var members):
      members[name] = replacing(path.dropFirst(), in: members[name] ?? .null, by: odd)
      return .object(members)
    case .array(var items):
      guard let index = Int(name), items.indices.contains(index) else { return value }
      items[index] = replacing(path.dropFirst(), in: items[index], by: odd)
      return .array(items)
    case .null, .bool, .integer, .number, .string: return value
    }
  }
}
