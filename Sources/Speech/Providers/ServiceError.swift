import Foundation

/// How the services that speak OpenAI's language, and whisper.cpp, say what is wrong.
///
///     {"error": {"message": …}}     {"error": …}     {"detail": …}     {"detail": [{"msg": …}]}
struct ServiceError: Decodable {
  private enum Field: String, CodingKey {
    case error, detail
  }

  private struct Message: Decodable {
    let message: String
  }

  private struct Detail: Decodable {
    let msg: String
  }

  let words: String

  /// - Returns: nil when the body says nothing of an error.
  static func words(in body: [UInt8]) -> String? {
    // What cannot be read has no words for us.
    (try? JSONDecoder().decode(ServiceError.self, from: Data(body)))?.words
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    // Each shape is tried; the last failure is thrown.
    if let message = try? fields.decode(Message.self, forKey: .error) {
      words = message.message
    } else if let text = try? fields.decode(String.self, forKey: .error) {  // whisper.cpp
      words = text
    } else if let text = try? fields.decode(String.self, forKey: .detail) {  // FastAPI
      words = text
    } else {
      words = try fields.decode([Detail].self, forKey: .detail).first?.msg ?? ""
    }
  }
}
