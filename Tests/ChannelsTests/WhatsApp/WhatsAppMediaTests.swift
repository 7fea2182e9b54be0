import Channels
import Foundation
import Standins
import Testing
import Transport

/// Files that come in.
struct WhatsAppMediaTests {
  private static let ogg = Array("OggS".utf8) + [0, 2, 7, 7]

  @Test func `a voice message is fetched in two steps`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      standin.store(Self.file(), id: "77")
      let file = try await Self.media(standin).download("77")
      #expect(file.bytes == Self.ogg)
      #expect(file.mediaType == "audio/ogg")
      #expect(standin.calls.map(\.kind) == [.describe, .download])
    }
  }

  @Test func `an address that has expired is asked for again, once`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      for (count, isThere) in [(1, true), (2, false)] {
        standin.store(Self.file { $0.expiredDownloads = count }, id: "77")
        let result = await Self.result(standin, "77")
        #expect(result == (isThere ? nil : .gone))
      }
    }
  }

  private static let wrong: [(WhatsAppStoredFile, WhatsAppMedia.Fault)] = [
    (file { $0.bytes = Array("MZ\u{90}".utf8) }, .notWhatItSays),
    (file { $0.mediaType = "image/jpeg" }, .notWhatItSays),
    (file { $0.mediaType = "application/x-msdownload" }, .unreadableType),
    (file { $0.digestTold = String(repeating: "0", count: 64) }, .damaged),
    (file { $0.sizeTold = 100 << 20 }, .tooLarge(limitBytes: WhatsAppMedia.bytesMaxDefault)),
    (file { $0 = $0.larger }, .tooLarge(limitBytes: WhatsAppMedia.bytesMaxDefault)),
    (file { $0.url = "https://evil.example/files/77" }, .foreignHost),
    (file { $0.url = "https://facebook.com.evil.example/77" }, .foreignHost),
    (file { $0.url = "http://lookaside.fbsbx.com/77" }, .foreignHost),
    (file { $0.url = "https://lookaside.fbsbx.com@evil.example/77" }, .foreignHost),
    (file { $0.url = "file:///etc/passwd" }, .foreignHost),
  ]

  @Test(arguments: wrong)
  func `a file that is not what it should be is refused`(
    _ file: WhatsAppStoredFile, _ expected: WhatsAppMedia.Fault
  ) async throws {
    try await WhatsAppAPIStandin.with { standin in
      standin.store(file, id: "77")
      #expect(await Self.result(standin, "77") == expected)
    }
  }

  @Test func `a digest in base 64 is as good`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      let digest = Data(SHA256.digest(Self.ogg)).base64EncodedString()
      standin.store(Self.file { $0.digestTold = digest }, id: "77")
      #expect(await Self.result(standin, "77") == nil)
    }
  }

  @Test(arguments: ["", "../me", "77?x=1", "a/b", "۷"])
  func `an id that is none goes nowhere`(_ id: String) async throws {
    try await WhatsAppAPIStandin.with { standin in
      #expect(await Self.result(standin, id) == .gone)
      #expect(standin.calls.isEmpty)
    }
  }

  @Test func `an unknown id is gone, a bad token is a refusal`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      #expect(await Self.result(standin, "78") == .gone)
      standin.script(.badToken, kind: .describe)
      #expect(
        await Self.result(standin, "78")
          == .refused(reason: "190 the access token is not accepted"))
    }
  }

  private static func file(
    _ change: (inout WhatsAppStoredFile) -> Void = { _ in }
  ) -> WhatsAppStoredFile {
    var file = WhatsAppStoredFile(bytes: ogg, mediaType: "audio/ogg; codecs=opus")
    change(&file)
    return file
  }

  private static func media(_ standin: WhatsAppAPIStandin) -> WhatsAppMedia {
    WhatsAppMedia(client: TestWhatsApp.client(standin.url))
  }

  private static func result(
    _ standin: WhatsAppAPIStandin, _ id: String
  ) async -> WhatsAppMedia.Fault? {
    do {
      _ = try await media(standin).download(id)
      return nil
    } catch {
      return error
    }
  }
}

extension WhatsAppStoredFile {
  /// More than it says, and more than is taken.
  fileprivate var larger: WhatsAppStoredFile {
    var file = self
    file.bytes += [UInt8](repeating: 1, count: 21 << 20)
    file.sizeTold = 8
    return file
  }
}
