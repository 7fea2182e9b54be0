import Foundation
import Rehearsal
import Standins
import Testing

/// The providers' own clients judge the stand-ins: what our tests rely on is what they speak.
@Suite(
  .timeLimit(.minutes(1)),
  .enabled(if: ProviderClients.python != nil, "the providers' clients are not installed"))
struct ProviderClientTests {
  @Test func `Twilio's client sends, lists and is refused`() async throws {
    try await TwilioStandin.with { standin in
      let told = try await ProviderClients.judge(
        "twilio", standin.url, TwilioStandin.accountSID, TwilioStandin.authToken,
        TwilioStandin.number, SMSTalk.american)
      let sid = try #require(standin.messages.first?.sid)
      #expect(told["sid"]?.string == sid)
      #expect(told["listed"]?.items == [.string(sid)])
      #expect(told["status"] == "queued")
      #expect(told["refused"] == 21211)
    }
  }

  @Test func `Kavenegar's client sends once for each localid and is refused`() async throws {
    try await KavenegarStandin.with { standin in
      let told = try await ProviderClients.judge(
        "kavenegar", standin.url, KavenegarStandin.key, KavenegarStandin.line, "09123456789")
      let id = try #require(standin.messages.first?.id)
      #expect(told["sent"]?.integer == id)
      #expect(told["again"]?.integer == id)
      #expect(standin.messages.count == 2)
      #expect(told["status"] == 1)
      #expect(told["credit"] == 1_500_000)
      #expect(told["refused"]?.string?.contains("411") == true)
    }
  }
}

enum ProviderClients {
  /// Where they are installed; nil when they are not.
  static let python: String? = {
    let path = Project.root.appending(path: ".venv-providers/bin/python").path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  /// What a client told that was taken to a stand-in.
  static func judge(_ arguments: String...) async throws -> JSONValue {
    let process = Foundation.Process()
    process.executableURL = URL(filePath: try #require(python))
    process.arguments =
      [Project.root.appending(path: "Tests/Providers/judge.py").path] + arguments
    let output = Pipe()
    process.standardOutput = output
    let status: Int32 = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    #expect(status == 0)
    return try JSONValue(parsing: Array(output.fileHandleForReading.readDataToEndOfFile()))
  }
}
