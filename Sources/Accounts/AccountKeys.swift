package import Conversation
import Transport

/// Where codes and tokens come from, and the key without which what is kept of them is useless.
package struct AccountKeys: Sendable {
  package typealias RandomBytes = @Sendable (_ count: Int) throws -> [UInt8]

  /// What a hash is made for; the same text has another one for each.
  enum Purpose: String {
    case address
    case export
    case link
    case media
  }

  private let secret: [UInt8]
  let bytes: RandomBytes

  package init(secret: [UInt8], bytes: @escaping RandomBytes) {
    self.secret = secret
    self.bytes = bytes
  }

  /// The list of those who said stop and are forgotten otherwise.
  package var stopList: StopList {
    StopList { channel, address in hash("\(channel.rawValue) \(address)", for: .address) }
  }

  /// Addresses of files that only we can make.
  package func mediaLinks(publicURL: String) -> MediaLinks {
    MediaLinks(publicURL: publicURL) { hash($0, for: .media) }
  }

  func hash(_ text: String, for purpose: Purpose) -> String {
    Hex.text(of: HMAC.sha256(Array("\(purpose.rawValue) \(text)".utf8), key: secret))
  }
}
