import Foundation
import Learning
import Rehearsal
import Testing

/// The figures of others, from sacrebleu and jiwer; without the folder beside the project there is
/// nothing to compare with.
struct LikenessTests {
  private static let tolerance = 1e-6

  private struct Vectors: Decodable {
    struct Sentence: Decodable {
      let hyp: String
      let refs: [String]
      let chrf: Double
    }

    struct Words: Decodable {
      let ref: String
      let hyp: String
      let wer_normalised: Double
      let cer_raw: Double
      let hits: Int
    }

    let sentence: [Sentence]
    let wer: [Words]
  }

  private static var file: URL? {
    Project.shared?.appendingPathComponent("vectors/metrics.json")
  }

  private func vectors() throws -> Vectors {
    let file = try #require(Self.file)
    return try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
  }

  @Test(.enabled(if: Project.shared != nil, "the vectors are not there"))
  func `chrF agrees with sacrebleu`() throws {
    let vectors = try vectors()
    #expect(vectors.sentence.count == 48)
    for pair in vectors.sentence {
      let likeness = TextLikeness.chrF(pair.hyp, pair.refs)
      #expect(abs(likeness - pair.chrf) <= Self.tolerance, "\(pair.hyp)")
    }
  }

  @Test(.enabled(if: Project.shared != nil, "the vectors are not there"))
  func `error rates agree with jiwer`() throws {
    let vectors = try vectors()
    #expect(vectors.wer.count == 48)
    for pair in vectors.wer {
      let alignment = WordAlignment(said: words(pair.hyp), right: words(pair.ref))
      #expect(abs(alignment.errorRate - pair.wer_normalised) <= Self.tolerance, "\(pair.hyp)")
      #expect(alignment.hits >= pair.hits, "\(pair.hyp)")
      let rate = TextLikeness.characterErrorRate(pair.hyp, of: pair.ref)
      #expect(abs(rate - pair.cer_raw) <= Self.tolerance, "\(pair.hyp)")
    }
  }

  private func words(_ text: String) -> [String] {
    text.lowercased().unicodeScalars.split { $0.properties.isWhitespace }.map { word in
      var kept = String.UnicodeScalarView()
      kept.append(contentsOf: word.filter { !isPunctuation($0) })
      return String(kept)
    }.filter { !$0.isEmpty }
  }

  private func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    case _: false
    }
  }

  @Test func `nothing is like nothing, and all is like itself`() {
    #expect(TextLikeness.chrF("", ["tea"]) == 0)
    #expect(TextLikeness.chrF("tea", []) == 0)
    #expect(TextLikeness.chrF("two cups of tea", ["two cups of tea"]) == 100)
    #expect(TextLikeness.characterErrorRate("", of: "") == 0)
    #expect(WordAlignment(said: ["a"], right: []).errorRate == 1)
  }
}
