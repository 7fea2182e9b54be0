/// The plainest file of sound: a head of 44 bytes and the samples.
enum WaveFile {
  static func bytes(of audio: PCMAudio) -> [UInt8] {
    let dataBytes = audio.samples.count * 2
    var file: [UInt8] = []
    file.reserveCapacity(44 + dataBytes)
    func add(_ number: some FixedWidthInteger) {
      withUnsafeBytes(of: number.littleEndian) { file += $0 }
    }
    file += "RIFF".utf8
    add(UInt32(36 + dataBytes))
    file += "WAVEfmt ".utf8
    add(UInt32(16))
    add(UInt16(1))  // plain numbers
    add(UInt16(1))  // one channel
    add(UInt32(audio.sampleRate))
    add(UInt32(audio.sampleRate * 2))
    add(UInt16(2))
    add(UInt16(16))
    file += "data".utf8
    add(UInt32(dataBytes))
    for sample in audio.samples { add(sample) }
    return file
  }
}
