import Channels
import Conversation
import Foundation
import Testing

/// The reader against Foundation's: the same documents are taken, and mean the same.
struct JSONAgreementTests {
  private static let documentsPerSeed = 1_500

  @Test(arguments: 1...8)
  func `sound and damaged documents are judged as Foundation judges them`(_ seed: Int) throws {
    var generator = JSONGenerator(seed: UInt64(seed))
    var acceptedCount = 0
    for _ in 0..<Self.documentsPerSeed {
      let sound = generator.document()
      try expectAgreement(sound, &acceptedCount)
      try expectAgreement(generator.damaged(sound), &acceptedCount)
    }
    #expect(acceptedCount >= Self.documentsPerSeed)
  }

  private func expectAgreement(_ bytes: [UInt8], _ acceptedCount: inout Int) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    let expected: Any?
    do {
      expected = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    } catch {
      expected = nil
    }
    do {
      let root = try JSONDocument(bytes).root
      acceptedCount += 1
      guard let expected else {
        Issue.record("Foundation refuses what we take: \(text)")
        return
      }
      #expect(means(root, expected), "\(text)")
    } catch {
      // Foundation overlooks a comma after the last member; the standard does not.
      let hasTrailingComma = text.contains(#/,[ \n\r\t]*[}\]]/#)
      #expect(expected == nil || hasTrailingComma, "Foundation takes what we refuse: \(text)")
    }
  }

  private func means(_ element: JSONElement, _ expected: Any) -> Bool {
    switch expected {
    case is NSNull: return element.isNull
    case let text as String: return element.string == text
    case let items as [Any]:
      return element.items.count == items.count && element.isArray
        && zip(element.items, items).allSatisfy(means)
    case let members as [String: Any]:
      let last = Dictionary(element.members.map { ($0.name, $0.value) }) { $1 }
      return element.isObject && last.count == members.count
        && members.allSatisfy { name, value in last[name].map { means($0, value) } ?? false }
    case let number as NSNumber:
      if let flag = element.bool { return flag == number.boolValue }
      if let integer = element.integer { return integer == number.int64Value }
      return element.number == number.doubleValue
    case _: return false
    }
  }
}

/// Documents by the grammar, and ways to damage them.
struct JSONGenerator {
  private static let depthMax = 5
  private static let texts = [
    "", "a", "سلام", "😀", "é", "line\\n", "\\u0633\\u0644", "\\ud83d\\ude00", "\\\"", "\\\\", "\\/",
    "update_id", "\u{7F}", "\u{FFFF}", "a\\tb",
  ]
  private static let numbers = [
    "0", "-0", "1", "-1", "9007199254740993", "9223372036854775807", "-9223372036854775808", "0.5",
    "-12.25", "1e3", "1E-3", "2.5e+2", "35.6892523",
  ]
  private static let damage: [UInt8] = Array("{}[]\",:\\ue0-+.1 tn\n\u{1}é".utf8) + [0xFF, 0xC0]

  private var random: RandomSource

  init(seed: UInt64) { random = RandomSource(seed: seed) }

  mutating func document() -> [UInt8] { Array(value(depth: 0).utf8) }

  mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var damaged = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) where !damaged.isEmpty {
      let position = Int.random(in: damaged.indices, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: damaged.remove(at: position)
      case 1: damaged[position] = pick(Self.damage)
      case 2: damaged.insert(pick(Self.damage), at: position)
      case _: damaged.removeLast(damaged.count - position)
      }
    }
    return damaged
  }

  private mutating func value(depth: Int) -> String {
    switch Int.random(in: 0..<(depth < Self.depthMax ? 8 : 5), using: &random) {
    case 0: "null"
    case 1: Bool.random(using: &random) ? "true" : "false"
    case 2: pick(Self.numbers)
    case 3, 4: "\"\(pick(Self.texts))\(pick(Self.texts))\""
    case 5: "[" + list { $0.value(depth: depth + 1) } + "]"
    case _:
      "{" + list { "\"\($0.pick(Self.texts))\"" + $0.colon() + $0.value(depth: depth + 1) } + "}"
    }
  }

  private mutating func list(_ item: (inout JSONGenerator) -> String) -> String {
    var items: [String] = []
    for _ in 0..<Int.random(in: 0...4, using: &random) { items.append(item(&self)) }
    return items.joined(separator: Bool.random(using: &random) ? "," : " ,\n\t")
  }

  private mutating func colon() -> String { Bool.random(using: &random) ? ":" : " : " }

  private mutating func pick<Item>(_ items: [Item]) -> Item {
    items[Int.random(in: items.indices, using: &random)]
  }
}
