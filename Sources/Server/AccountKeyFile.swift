import Accounts
import Foundation
import Transport

/// The key under which addresses and codes are hashed: made at the first start and kept beside the
/// store, not in it, so that a copy of the store alone gives nothing away.
enum AccountKeyFile {
  static let name = "account.key"
  static let keyBytes = 32

  enum Fault: Error, Equatable, CustomStringConvertible {
    case damaged(path: String)

    var description: String {
      switch self {
      case .damaged(let path): "\(path) does not hold a key; put the one back it held before"
      }
    }
  }

  static func keys(home: String) throws -> AccountKeys {
    AccountKeys(secret: try secret(home: home)) { try SecureRandom.bytes($0) }
  }

  private static func secret(home: String) throws -> [UInt8] {
    let path = home + "/" + name
    if let known = FileManager.default.contents(atPath: path) {
      guard known.count == keyBytes else { throw Fault.damaged(path: path) }
      return [UInt8](known)
    }
    let key = try SecureRandom.bytes(keyBytes)
    let isKept = FileManager.default.createFile(
      atPath: path, contents: Data(key), attributes: [.posixPermissions: 0o600])
    guard isKept else { throw Fault.damaged(path: path) }
    return key
  }
}
