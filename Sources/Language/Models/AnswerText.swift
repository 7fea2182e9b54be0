/// What a model wrote, and what of it is meant for the reader.
enum AnswerText {
  /// Larger answers are nobody's.
  static let bytesMax = 64 << 10
  /// Places at which an object may begin, tried one after the other.
  private static let candidatesMax = 64

  /// Without what the model thought aloud before; nothing while it still thinks.
  static func spoken(_ text: String) -> Substring {
    let trimmed = text.drop(while: \.isWhitespace)
    guard trimmed.hasPrefix("<think>") else {
      // The mark itself may still be coming in.
      return "<think>".hasPrefix(trimmed) ? "" : trimmed
    }
    guard let end = trimmed.firstRange(of: "</think>") else { return "" }
    return trimmed[end.upperBound...].drop(while: \.isWhitespace)
  }

  /// Whether a page stands where an answer should.
  static func isPage(_ text: some StringProtocol) -> Bool {
    let start = text.prefix(200).drop(while: \.isWhitespace).lowercased()
    return ["<!doctype", "<html", "<head", "<body", "<?xml"].contains { start.hasPrefix($0) }
  }

  /// The one JSON object of an answer: the whole of it, or the only one among prose or in a fence.
  static func object(in text: String) throws(JSONReader.Fault) -> JSON {
    let bytes = Array(spoken(text).utf8)
    guard bytes.count <= bytesMax else { throw .init(reason: "it is too large") }
    do throws(JSONReader.Fault) {
      let value = try JSONReader.value(bytes)
      guard case .object = value else { throw .init(reason: "it is no object") }
      return value
    } catch {
      let objects = Self.objects(in: bytes)
      guard let only = objects.first else {
        throw bytes.contains(UInt8(ascii: "{")) ? error : .init(reason: "it holds no JSON object")
      }
      guard objects.count == 1 else { throw .init(reason: "it holds more than one JSON object") }
      return only
    }
  }

  private static func objects(in bytes: [UInt8]) -> [JSON] {
    var objects: [JSON] = []
    var rest = bytes[...]
    for _ in 0..<candidatesMax {
      guard let start = rest.firstIndex(of: UInt8(ascii: "{")) else { break }
      var reader = JSONReader(bytes[start...])
      do throws(JSONReader.Fault) {
        objects.append(try reader.value())
        rest = bytes[reader.position...]
      } catch {
        rest = bytes[(start + 1)...]
      }
    }
    return objects
  }
}
