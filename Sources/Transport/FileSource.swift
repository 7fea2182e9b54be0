import Dispatch
import Foundation
import Synchronization

/// A file's pieces in their order, read on a thread where waiting for a disk holds up nobody.
private final class FileSource: Sendable {
  private static let pieceBytes = 64 << 10
  private static let thread = DispatchQueue(label: "parlance-file-reading")

  let byteCount: Int
  private let descriptor: Int32
  private let offset = Mutex(off_t(0))

  init(path: String) throws(HTTPUpload.FileUnreadable) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw HTTPUpload.FileUnreadable(code: errno) }
    var details = stat()
    guard fstat(descriptor, &details) == 0 else {
      let code = errno
      close(descriptor)
      throw HTTPUpload.FileUnreadable(code: code)
    }
    byteCount = Int(details.st_size)
  }

  deinit { close(descriptor) }

  @Sendable func next() async throws(HTTPUpload.FileUnreadable) -> [UInt8]? {
    let outcome = await withCheckedContinuation { continuation in
      Self.thread.async { continuation.resume(returning: self.read()) }
    }
    return try outcome.get()
  }

  private func read() -> Result<[UInt8]?, HTTPUpload.FileUnreadable> {
    offset.withLock { offset in
      var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
      let count = pread(descriptor, &piece, piece.count, offset)
      guard count >= 0 else { return .failure(HTTPUpload.FileUnreadable(code: errno)) }
      offset += off_t(count)
      return .success(count == 0 ? nil : Array(piece.prefix(count)))
    }
  }
}

extension HTTPUpload {
  package struct FileUnreadable: Error {
    package let code: Int32
  }

  /// A file of any size; it must not change until it is sent.
  package static func file(_ path: String) throws(FileUnreadable) -> HTTPUpload {
    let source = try FileSource(path: path)
    return HTTPUpload(byteCount: source.byteCount) { try await source.next() }
  }
}
