import Feedback
import Foundation
import Testing

/// Sentences of learners' grammars, wrong and right. Most were written by people who had not seen
/// the rules; what the check did not know of them has been added since.
struct TextbookTests {
  struct Items: Decodable {
    let items: [Item]
  }
  struct Item: Decodable {
    let category: String
    let wrong: String
    let right: [String]
  }

  static let shareMin = 0.9
  static let categoryShareMin = 0.6
  static let own = Checking.folder.appending(path: "textbook-errors.json")
  /// Lies beside the repository where it is developed; absent elsewhere.
  static let shared = Checking.root.deletingLastPathComponent()
    .appending(path: "shared/vectors/learner-errors.json")

  @Test func `nine of ten textbook errors are corrected exactly`() throws {
    try expectShares(Self.own)
  }

  @Test func `right sentences of the textbook raise no alarm`() throws {
    try expectSilence(Self.own)
  }

  @Test func `good English that looks wrong at first sight raises no alarm`() throws {
    let file = Checking.folder.appending(path: "right-sentences.json")
    let sentences = try JSONDecoder().decode([String].self, from: Data(contentsOf: file))
    #expect(sentences.count > 500)
    for sentence in sentences {
      #expect(try Checking.check(sentence).findings == [], "\(sentence)")
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: shared.path)))
  func `the shared textbook errors are corrected and their controls left alone`() throws {
    try expectShares(Self.shared)
    try expectSilence(Self.shared)
  }

  private func items(_ file: URL) throws -> [Item] {
    try JSONDecoder().decode(Items.self, from: Data(contentsOf: file)).items
  }

  private func expectShares(_ file: URL) throws {
    var found: [String: [Bool]] = [:]
    for item in try items(file) {
      let corrected = try Checking.check(item.wrong).corrected
      found[item.category, default: []].append(item.right.contains(corrected))
    }
    let all = found.values.flatMap { $0 }
    #expect(all.count > 80)
    #expect(Double(all.count { $0 }) >= Self.shareMin * Double(all.count))
    for (category, results) in found {
      #expect(
        Double(results.count { $0 }) >= Self.categoryShareMin * Double(results.count), "\(category)"
      )
    }
  }

  private func expectSilence(_ file: URL) throws {
    for right in Set(try items(file).flatMap(\.right)) {
      #expect(try Checking.check(right).findings == [], "\(right)")
    }
  }
}
