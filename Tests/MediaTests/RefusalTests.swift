import Media
import Testing

/// Files that are not what they seem are turned down, quickly and by name.
@Suite struct RefusalTests {
  @Test func `nothing is empty`() {
    #expect(throws: MediaFault.empty) { try AudioDecoder.decode([]) }
    #expect(throws: MediaFault.empty) {
      try AudioDecoder.decode(Sounds.wav(channels: 1, rate: 16_000, samples: []))
    }
  }

  @Test func `a file over the limit is not even opened`() throws {
    var limits = DecodingLimits.usual
    limits.bytesMax = 999
    let file = AudioEncoder.wav(SampleFiles.voiceLike(lengthMs: 100))
    #expect(throws: MediaFault.tooLarge) { try AudioDecoder.decode(file, limits: limits) }
  }

  @Test func `what is not audio is not taken for it`() {
    var chance = SeededGenerator(seed: 4)
    let random = (0..<200_000).map { _ in UInt8.random(in: 0...255, using: &chance) }
    let html = Array("<!doctype html><title>Not found</title>".utf8)
    let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + random.prefix(9_000)
    for bytes in [random, html, picture, [0], Array(repeating: 0, count: 10 << 20)] {
      let fault = fault(of: bytes)
      #expect(fault == .notAudio || fault == .unsupported || fault == .damaged)
    }
  }

  @Test func `nothing outside the file is ever fetched`() {
    let lists = [
      "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n",
      "ffconcat version 1.0\nfile /etc/hostname\n",
      "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\n",
    ]
    for list in lists {
      let fault = fault(of: Array(list.utf8))
      #expect(fault == .unsupported || fault == .notAudio)
    }
  }

  @Test func `a hundred streams in one file are too many`() {
    let head = Array("OpusHead".utf8) + [1, 1, 0x38, 1, 0x80, 0x3E, 0, 0, 0, 0, 0]
    let pages = (0..<100).flatMap { serial in
      Sounds.oggPage(serial: serial, number: 0, flags: 2, body: head)
    }
    #expect(fault(of: pages) == .tooManyStreams)
  }

  @Test(arguments: [(1, 1), (1, 100), (1, 100_000_000), (1, 2_000_000_000), (255, 16_000)])
  func `numbers no microphone has are refused`(channels: Int, rate: Int) {
    let file = Sounds.wav(
      channels: channels, rate: rate, samples: Array(repeating: 5, count: 40_000))
    let fault = fault(of: file)
    #expect(fault == .unsupported || fault == .notAudio || fault == .damaged)
  }

  @Test func `a table that asks for gigabytes gets none of them`() throws {
    var file = try AudioEncoder.m4a(SampleFiles.voiceLike(lengthMs: 1_000))
    let place = try #require(
      file.indices.first { file[$0...].starts(with: "stsz".utf8) })
    // After the name: version and flags, one size for all, their number.
    file.replaceSubrange(place + 8..<place + 16, with: [0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xF0])
    #expect(fault(of: file) != nil)
  }

  @Test func `hours in a few bytes stop at the limit`() throws {
    let minute = PCMAudio(
      samples: Array(repeating: 0, count: 60 * 16_000), sampleRate: 16_000)
    let file = try AudioEncoder.oggOpus(minute)
    var limits = DecodingLimits.usual
    limits.durationMsMax = 100_000
    let bomb = Array(repeatElement(file, count: 30).joined())
    let decoded = try AudioDecoder.decode(bomb, limits: limits)
    #expect(decoded.audio.durationMs <= 100_000)
  }

  @Test func `a deadline that has passed ends the work`() throws {
    var limits = DecodingLimits.usual
    limits.deadlineMs = 0
    for file in SampleFiles.all(lengthMs: 200) {
      #expect(throws: MediaFault.tookTooLong, "\(file.name)") {
        try AudioDecoder.decode(file.bytes, limits: limits)
      }
    }
  }

  @Test func `a recording without its end is read as far as it goes`() throws {
    for file in SampleFiles.all() where !file.name.hasPrefix("m4a") {
      let most = Array(file.bytes.prefix(file.bytes.count * 3 / 4))
      let decoded = try AudioDecoder.decode(most)
      #expect((500..<1_900).contains(decoded.audio.durationMs), "\(file.name)")
    }
  }

  @Test func `the limits of packets and of errors are kept`() throws {
    var limits = DecodingLimits.usual
    limits.packetsMax = 10
    let file = try AudioEncoder.oggOpus(SampleFiles.voiceLike(lengthMs: 1_000))
    #expect(throws: MediaFault.damaged) { try AudioDecoder.decode(file, limits: limits) }
    limits = .usual
    limits.packetSamplesMax = 100
    #expect(throws: MediaFault.self) {
      try AudioDecoder.decode(
        try #require(SampleFiles.all().first { $0.name == "mp3" }).bytes, limits: limits)
    }
  }

  private func fault(of bytes: [UInt8]) -> MediaFault? {
    do throws(MediaFault) {
      _ = try AudioDecoder.decode(bytes)
      return nil
    } catch { return error }
  }
}
