import Synchronization

/// Where the pieces of a streamed answer wait for their reader, only so many bytes at a time.
final class ResponseBuffer: Sendable {
  static let bytesMax = 256 << 10

  typealias Head = Result<HTTPResponse, HTTPFailure>
  typealias Piece = Result<[UInt8]?, HTTPFailure>

  private struct State {
    var head: Head?
    var bytes: [UInt8] = []
    /// What comes after the last byte.
    var end: Piece?
    var isPaused = false
    var headReader: CheckedContinuation<Head, Never>?
    var pieceReader: CheckedContinuation<Piece, Never>?

    mutating func takePiece() -> Piece? {
      guard bytes.isEmpty else {
        defer { bytes = [] }
        return .success(bytes)
      }
      return end
    }
  }

  private let state = Mutex(State())

  /// Whether curl waits for the reader.
  var isPaused: Bool { state.withLock { $0.isPaused } }

  /// Status and headers, without a body.
  func head() async -> Head {
    await withCheckedContinuation { continuation in
      let head = state.withLock { state in
        if state.head == nil { state.headReader = continuation }
        return state.head
      }
      if let head { continuation.resume(returning: head) }
    }
  }

  /// All that has come so far, or the next bytes to come; nil at the end.
  ///
  /// - Parameter resume: called when curl was stopped for want of room.
  func next(resume: () -> Void) async -> Piece {
    await withCheckedContinuation { continuation in
      let (piece, wasPaused) = state.withLock { state in
        let (piece, wasPaused) = (state.takePiece(), state.isPaused)
        state.isPaused = false
        if piece == nil { state.pieceReader = continuation }
        return (piece, wasPaused)
      }
      if wasPaused { resume() }
      if let piece { continuation.resume(returning: piece) }
    }
  }

  // MARK: The transfer thread's side

  func begin(_ head: HTTPResponse) {
    let reader = state.withLock { state in
      state.head = .success(head)
      defer { state.headReader = nil }
      return state.headReader
    }
    reader?.resume(returning: .success(head))
  }

  /// False when there is no room: the same bytes are to be offered again later.
  func offer(_ piece: UnsafeRawBufferPointer) -> Bool {
    enum Taken {
      case kept, refused
      case handed(CheckedContinuation<Piece, Never>)
    }
    let taken: Taken = state.withLock { state in
      if let reader = state.pieceReader {
        state.pieceReader = nil
        return .handed(reader)
      }
      guard state.bytes.isEmpty || state.bytes.count + piece.count <= Self.bytesMax else {
        state.isPaused = true
        return .refused
      }
      state.bytes.append(contentsOf: piece)
      return .kept
    }
    switch taken {
    case .kept: return true
    case .refused: return false
    case .handed(let reader):
      reader.resume(returning: .success(Array(piece)))
      return true
    }
  }

  func finish(_ outcome: TransferOutcome) {
    let head = outcome
    let end: Piece = outcome.map { _ in nil }
    let (headReader, pieceReader) = state.withLock { state in
      state.head = state.head ?? head
      state.end = end
      defer {
        state.headReader = nil
        state.pieceReader = nil
      }
      return (state.headReader, state.pieceReader)
    }
    headReader?.resume(returning: head)
    pieceReader?.resume(returning: end)
  }
}
