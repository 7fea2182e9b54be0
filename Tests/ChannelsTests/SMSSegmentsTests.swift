import Channels
import Testing

struct SMSSegmentsTests {
  @Test(arguments: [
    ("", SMSSegments.Encoding.gsm7, 1), (String(repeating: "a", count: 160), .gsm7, 1),
    (String(repeating: "a", count: 161), .gsm7, 2),
    (String(repeating: "a", count: 306), .gsm7, 2),
    (String(repeating: "a", count: 307), .gsm7, 3),
    (String(repeating: "€", count: 80), .gsm7, 1), (String(repeating: "€", count: 81), .gsm7, 2),
    (String(repeating: "س", count: 70), .ucs2, 1), (String(repeating: "س", count: 71), .ucs2, 2),
    (String(repeating: "س", count: 134), .ucs2, 2),
    (String(repeating: "س", count: 135), .ucs2, 3),
    ("curly ’ quote", .ucs2, 1), (String(repeating: "🙂", count: 35), .ucs2, 1),
    // 33 pairs fit a segment of 67: the 34th is not parted.
    (String(repeating: "🙂", count: 36), .ucs2, 2), (String(repeating: "🙂", count: 67), .ucs2, 3),
  ])
  func `a text's segments are counted as networks bill them`(
    text: String, encoding: SMSSegments.Encoding, count: Int
  ) {
    let segments = SMSSegments(text)
    #expect(segments.encoding == encoding)
    #expect(segments.count == count)
  }
}
