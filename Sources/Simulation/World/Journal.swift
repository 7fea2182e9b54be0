/// What happened, in order: a running hash of everything and the last few events to show.
struct Journal {
  static let shownCountMax = 20

  enum Mark: UInt8 {
    case person, arrived, handled, duplicate, failedTurn, refusedEntry
    case claimed, reached, settled, held, reported
    case timer, rescued, jobClaimed, jobSettled
    case crashed, restarted, clockMoved, ownerChanged, retried, audited, linked
  }

  private struct Entry {
    let atMs: Int64
    let mark: Mark
    let who: Int
    let detail: Int64
  }

  /// FNV-1a over whole words; it tells runs apart, it guards nothing.
  private(set) var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  private(set) var count = 0
  private var entries: [Entry] = []

  mutating func note(_ mark: Mark, at atMs: Int64, who: Int = -1, _ detail: Int64 = 0) {
    count += 1
    mix(UInt64(mark.rawValue))
    mix(UInt64(bitPattern: atMs))
    mix(UInt64(bitPattern: Int64(who)))
    mix(UInt64(bitPattern: detail))
    let entry = Entry(atMs: atMs, mark: mark, who: who, detail: detail)
    if entries.count < Self.shownCountMax {
      entries.append(entry)
    } else {
      entries[(count - 1) % Self.shownCountMax] = entry
    }
  }

  /// The last events, the oldest first.
  var shown: [String] {
    let start = entries.count < Self.shownCountMax ? 0 : count % Self.shownCountMax
    return entries.indices.map { offset in
      let entry = entries[(start + offset) % entries.count]
      let who = entry.who < 0 ? "" : " person \(entry.who)"
      return "\(entry.atMs) ms: \(entry.mark)\(who) \(entry.detail)"
    }
  }

  private mutating func mix(_ word: UInt64) { hash = (hash ^ word) &* 0x100_0000_01b3 }
}
