import Foundation
import Glibc

/// Two servers on one home would both send every message and do every piece of work; the second is
/// refused, and a chat in the terminal leaves the work to the first. The lock is the system's and
/// ends with the process, however it ends.
package struct HomeLock {
  package struct Taken: Error, CustomStringConvertible {
    package let description: String
  }

  private let descriptor: Int32

  package static func take(home: String) throws -> HomeLock {
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    let path = home + "/parlance.lock"
    let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Taken(description: "\(path) cannot be opened") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw Taken(description: "another server or a chat is running on \(home)")
    }
    return HomeLock(descriptor: descriptor)
  }

  package func release() { close(descriptor) }
}
