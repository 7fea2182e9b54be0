/// Edit distance: how many parts have to be changed, added or taken away.
enum EditDistance {
  /// One letter too many, too few, another one, or two neighbours swapped.
  static func isOne(_ one: [Character], _ other: [Character]) -> Bool {
    let (short, long) = one.count <= other.count ? (one, other) : (other, one)
    guard long.count - short.count <= 1, one != other else { return false }
    let start = zip(short, long).prefix { $0 == $1 }.count
    if long.count > short.count { return Array(short[start...]) == Array(long[(start + 1)...]) }
    if Array(short[(start + 1)...]) == Array(long[(start + 1)...]) { return true }
    guard start + 1 < short.count else { return false }
    return short[start] == long[start + 1] && short[start + 1] == long[start]
      && Array(short[(start + 2)...]) == Array(long[(start + 2)...])
  }

  static func between<Part: Equatable>(_ one: [Part], _ other: [Part]) -> Int {
    var line = Array(0...other.count)
    for row in 0..<one.count {
      var corner = line[0]
      line[0] = row + 1
      for column in 0..<other.count {
        let change = corner + (one[row] == other[column] ? 0 : 1)
        corner = line[column + 1]
        line[column + 1] = min(change, corner + 1, line[column] + 1)
      }
    }
    return line[other.count]
  }
}
