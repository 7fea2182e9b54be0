import Foundation

/// A child process that handles sound, and the pipe to it.
///
/// It gets nothing of ours but the pipe: of the environment only what finds libraries and programs,
/// since it reads what strangers send; other descriptors it closes by itself.
final class WorkerProcess {
  struct CouldNotStart: Error {}

  private static let keptVariables = ["LANG", "LD_LIBRARY_PATH", "PATH", "TMPDIR"]

  let id: pid_t
  private let descriptor: Int32

  init(program: String) throws(CouldNotStart) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw CouldNotStart() }
    defer { close(ends[1]) }
    guard fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0,
      let id = Self.spawn(program, speakingOver: ends[1])
    else {
      close(ends[0])
      throw CouldNotStart()
    }
    self.id = id
    descriptor = ends[0]
  }

  deinit { close(descriptor) }

  func answer(
    _ request: WorkerRequest, body: [UInt8], until deadline: ContinuousClock.Instant
  ) throws(WorkerFrame.Fault) -> (head: WorkerAnswer, body: [UInt8]) {
    let pipe = FramePipe(input: descriptor, output: descriptor)
    try pipe.send(request, body: body, until: deadline)
    let answer = try pipe.receive(WorkerAnswer.self, until: deadline)
    guard answer.head.number == request.number else { throw .unreadable }
    return answer
  }

  /// Ends it and what it has started.
  static func kill(_ id: pid_t) { _ = Foundation.kill(-id, SIGKILL) }

  /// Waits until it is gone, which it must be about to be.
  static func reap(_ id: pid_t) {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
  }

  private static func spawn(_ program: String, speakingOver end: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    guard posix_spawnattr_init(&attributes) == 0 else { return nil }
    defer { posix_spawnattr_destroy(&attributes) }
    var noSignals = sigset_t()
    var brokenPipe = sigset_t()
    sigemptyset(&noSignals)
    sigemptyset(&brokenPipe)
    sigaddset(&brokenPipe, SIGPIPE)
    let flags =
      POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK
      | POSIX_SPAWN_SETSIGDEF
    let steps = [
      posix_spawn_file_actions_adddup2(&actions, end, 0),
      posix_spawn_file_actions_adddup2(&actions, end, 1),
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0),
      // A group of its own: a key pressed at the terminal is not for it, and it can be ended with
      // all it has started.
      posix_spawnattr_setpgroup(&attributes, 0),
      posix_spawnattr_setsigmask(&attributes, &noSignals),
      posix_spawnattr_setsigdefault(&attributes, &brokenPipe),
      posix_spawnattr_setflags(&attributes, Int16(flags)),
    ]
    guard steps.allSatisfy({ $0 == 0 }) else { return nil }
    var id: pid_t = 0
    let environment = keptVariables.compactMap { name in
      ProcessInfo.processInfo.environment[name].map { "\(name)=\($0)" }
    }
    let code = withCStrings([program]) { arguments in
      withCStrings(environment) { environment -> Int32 in
        guard let arguments, let environment else { return EINVAL }
        return posix_spawn(&id, program, &actions, &attributes, arguments, environment)
      }
    }
    return code == 0 ? id : nil
  }

  private static func withCStrings<Value>(
    _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Value
  ) -> Value {
    var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress) }
  }
}
