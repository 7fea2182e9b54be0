/// Damerau–Levenshtein distance, as far as it is needed here: whether it is one.
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
}
