import Foundation
import Speech
import Testing

/// Processes that die, hang or talk nonsense.
@Suite(.timeLimit(.minutes(2))) struct BadChildTests {
  private let clip = VoiceClip(voiceNote)

  @Test func `a process that dies in the middle is tried once more`() async throws {
    let program = try ScriptedProgram(
      """
      if [ -e "$0.died" ]; then exec "$REAL"; fi
      : > "$0.died"
      head -c 100 > /dev/null
      kill -9 $$
      """)
    let worker = SpeechWorker(program: program.path)
    #expect(try await worker.levels(of: clip).durationMs == 2_000)
    await worker.stop()
  }

  @Test(arguments: [
    "kill -9 $$", "exit 0", "head -c 100 > /dev/null; kill -SEGV $$",
    // Garbage, of a size and with an end; and without either.
    "echo 'what is this'", "cat /dev/zero", "exec cat",
    // A frame that promises more than it may.
    #"printf 'PS\0\1\377\377\377\377\0\0\0\0'"#, #"printf 'PS\0\1\0\0\0\2\0\0\0\0{}'"#,
    #"printf 'PS\0\7\0\0\0\2\0\0\0\0{}'"#,
  ])
  func `a process that always dies, or only babbles, is a clear fault`(script: String) async throws
  {
    let program = try ScriptedProgram("echo x >> \"$0.count\"\n" + script)
    let worker = SpeechWorker(program: program.path)
    #expect(await fault { try await worker.levels(of: clip) } == .worker)
    #expect(try program.lines("count") == 2)
    #expect(worker.children.isEmpty)
    await worker.stop()
  }

  @Test func `a process that hangs is ended, with what it started, and begun anew`() async throws {
    let program = try ScriptedProgram(
      """
      if [ -e "$0.hung" ]; then exec "$REAL"; fi
      : > "$0.hung"
      /bin/sleep 600 &
      echo $! > "$0.grandchild"
      wait
      """)
    var limits = SpeechWorker.Limits()
    limits.deadlineMs = 8_000
    let worker = SpeechWorker(program: program.path, limits: limits)
    #expect(await fault { try await worker.levels(of: clip) } == .tookTooLong)
    #expect(try await worker.levels(of: clip).durationMs == 2_000)
    let grandchild = try #require(pid_t(try program.text("grandchild")))
    #expect(kill(grandchild, 0) == -1 || Self.isDead(grandchild))
    await worker.stop()
  }

  @Test func `a process that takes nothing is late, not waited for`() async throws {
    let program = try ScriptedProgram("exec /bin/sleep 600")
    var limits = SpeechWorker.Limits()
    limits.deadlineMs = 300
    let worker = SpeechWorker(program: program.path, limits: limits)
    let large = VoiceClip([UInt8](repeating: 1, count: 4 << 20))
    #expect(await fault { try await worker.levels(of: large) } == .tookTooLong)
    await worker.stop()
  }

  @Test func `a program that is not there is unavailable`() async {
    let worker = SpeechWorker(program: "/nowhere/parlance-speech")
    #expect(await fault { try await worker.levels(of: clip) } == .unavailable)
    await worker.stop()
  }

  @Test func `a full queue says so at once`() async throws {
    let program = try ScriptedProgram("exec /bin/sleep 600")
    var limits = SpeechWorker.Limits()
    limits.childrenMax = 1
    limits.waitingMax = 2
    let worker = SpeechWorker(program: program.path, limits: limits)
    let faults = await withTaskGroup(of: SpeechFault?.self) { group in
      for _ in 0..<8 {
        group.addTask { await fault { try await worker.levels(of: clip) } }
      }
      var faults: [SpeechFault?] = []
      // At least five of eight find no place: one is at work, two wait.
      while faults.count < 5, let fault = await group.next() { faults.append(fault) }
      await worker.stop()
      for await fault in group { faults.append(fault) }
      return faults
    }
    #expect(faults.filter { $0 == .busy }.count >= 5)
    #expect(faults.allSatisfy { $0 == .busy || $0 == .unavailable })
    #expect(faults.contains(.unavailable))
  }

  @Test func `who waited too long is told so`() async throws {
    let program = try ScriptedProgram("exec /bin/sleep 600")
    var limits = SpeechWorker.Limits()
    limits.childrenMax = 1
    limits.deadlineMs = 300
    limits.waitingMs = 100
    let worker = SpeechWorker(program: program.path, limits: limits)
    let faults = await withTaskGroup(of: SpeechFault?.self) { group in
      for _ in 0..<3 {
        group.addTask { await fault { try await worker.levels(of: clip) } }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(faults.filter { $0 == .tookTooLong }.count == 1)
    #expect(faults.filter { $0 == .busy }.count == 2)
    await worker.stop()
  }

  @Test func `our environment and our files stay with us`() async throws {
    setenv("PARLANCE_SECRET_FOR_TEST", "hidden", 1)
    let file = try #require(fopen("/dev/null", "r"))
    defer { fclose(file) }
    let program = try ScriptedProgram(
      """
      env > "$0.env"
      exec "$REAL"
      """)
    let worker = SpeechWorker(program: program.path)
    _ = try await worker.levels(of: clip)
    let child = try #require(worker.children.first)
    let environment = try program.text("env")
    #expect(!environment.contains("PARLANCE_SECRET_FOR_TEST"))
    #expect(environment.contains("PATH="))
    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(child)/fd")
    #expect(Set(open.compactMap { Int($0) }).isSubset(of: [0, 1, 2]))
    await worker.stop()
  }

  /// A process nobody has waited for yet is a zombie.
  private static func isDead(_ id: pid_t) -> Bool {
    // Without its file it is gone.
    let status = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ") Z"
    return status.split(separator: ")").last?.contains("Z") ?? true
  }
}
