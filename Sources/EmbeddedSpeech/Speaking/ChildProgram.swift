import Glibc

/// Another program at the end of two pipes, started without a shell, and ended with its owner.
final class ChildProgram {
  private let identifier: pid_t
  private var input: Int32
  private let output: Int32
  private var isReaped = false

  /// - Returns: `nil` when it cannot be started.
  init?(path: String, arguments: [String]) {
    guard let toChild = Pipe(), let fromChild = Pipe() else { return nil }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild.reading, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, fromChild.writing, STDOUT_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var environment: [UnsafeMutablePointer<CChar>?] = [strdup("LC_ALL=C.UTF-8"), nil]
    defer { environment.forEach { free($0) } }
    var started: pid_t = 0
    guard posix_spawn(&started, path, &actions, nil, &words, &environment) == 0 else {
      toChild.close()
      fromChild.close()
      return nil
    }
    Glibc.close(toChild.reading)
    Glibc.close(fromChild.writing)
    identifier = started
    input = toChild.writing
    output = fromChild.reading
    _ = fcntl(input, F_SETFL, O_NONBLOCK)
    _ = fcntl(output, F_SETFL, O_NONBLOCK)
  }

  deinit {
    closeInput()
    close(output)
    guard !isReaped else { return }
    kill(identifier, SIGKILL)
    waitpid(identifier, nil, 0)
  }

  func wait(forMs milliseconds: Int, toWrite: Bool) -> (canRead: Bool, canWrite: Bool) {
    var waited = [pollfd(fd: output, events: Int16(POLLIN), revents: 0)]
    if toWrite, input >= 0 { waited.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
    guard poll(&waited, nfds_t(waited.count), Int32(clamping: milliseconds)) > 0 else {
      return (false, false)
    }
    return (waited[0].revents != 0, waited.count > 1 && waited[1].revents != 0)
  }

  /// - Returns: whether it takes more.
  func write(_ bytes: inout ArraySlice<UInt8>) -> Bool {
    let count = bytes.withUnsafeBytes {
      send(input, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    if count < 0 { return errno == EAGAIN || errno == EINTR }
    bytes = bytes.dropFirst(count)
    return true
  }

  func closeInput() {
    guard input >= 0 else { return }
    close(input)
    input = -1
  }

  /// - Returns: how many bytes came; 0 or less at the end.
  func read(into bytes: inout [UInt8], atMost count: Int) -> Int {
    let chunk = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = max(Glibc.read(output, buffer.baseAddress, count), 0)
    }
    bytes += chunk
    return chunk.count
  }

  /// Once its output has ended: whether it also ended well. It is ended if it lingers.
  func finish(before deadline: ContinuousClock.Instant) -> Bool {
    closeInput()
    var status: Int32 = 0
    while ContinuousClock.now < deadline {
      let ended = waitpid(identifier, &status, WNOHANG)
      if ended == identifier {
        isReaped = true
        return status == 0
      }
      guard ended == 0 else { return false }
      // Its output is closed, so it is about to end: look again in a moment.
      poll(nil, 0, 1)
    }
    return false
  }
}

/// Two joined sockets, which other programs that are started do not inherit: unlike a pipe, they
/// can be made so in one step, and writing to one that is closed raises no signal.
private struct Pipe {
  let reading: Int32
  let writing: Int32

  init?() {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
    reading = ends[0]
    writing = ends[1]
  }

  func close() {
    Glibc.close(reading)
    Glibc.close(writing)
  }
}
