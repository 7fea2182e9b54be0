import Conversation

/// Times of day as people write them: `7:30`, `۷:۳۰`, `7 pm`, `۸ شب`.
enum ClockText {
  private static let morning: Set<String> = ["am", "a.m", "صبح", "صباحا", "ص"]
  private static let afternoon: Set<String> = [
    "pm", "p.m", "ظهر", "عصر", "شب", "بعدازظهر", "بعد", "غروب", "مساء", "م",
  ]
  private static let fillers: Set<String> = ["ساعت", "at", "o'clock", "از", "الساعة"]

  static func minuteOfDay(_ text: String) -> Int? {
    var numbers: [Int] = []
    var isAfternoon = false
    var isMorning = false
    for part in parts(TypedAnswer.normalise(text)) {
      if let number = Int(part) {
        numbers.append(number)
      } else if afternoon.contains(part) {
        isAfternoon = true
      } else if morning.contains(part) {
        isMorning = true
      } else if !fillers.contains(part) {
        return nil
      }
    }
    guard let first = numbers.first, numbers.count <= 2 else { return nil }
    let minute = numbers.count == 2 ? numbers[1] : 0
    guard (0...24).contains(first), (0...59).contains(minute) else { return nil }
    var hour = first % 24
    if isAfternoon, hour < 12 { hour += 12 }
    if isMorning, hour == 12 { hour = 0 }
    return hour * 60 + minute
  }

  static func show(_ minuteOfDay: Int, in language: LanguageCode) -> String {
    let hour = String(100 + minuteOfDay / 60).dropFirst()
    let minute = String(100 + minuteOfDay % 60).dropFirst()
    return Numerals.localise("\(hour):\(minute)", language: language)
  }

  /// Cuts between digits and letters, and at spaces, colons and points between digits.
  private static func parts(_ text: String) -> [String] {
    var parts: [String] = []
    var current = ""
    var isNumber = false
    for character in text {
      let isDigit = character.isASCII && character.isNumber
      let isSeparator = character == " " || character == ":" || (isNumber && character == ".")
      if isSeparator || (isDigit != isNumber && !current.isEmpty) {
        if !current.isEmpty { parts.append(current) }
        current = ""
      }
      if isSeparator {
        isNumber = false
        continue
      }
      isNumber = isDigit
      current.append(character)
    }
    return current.isEmpty ? parts : parts + [current]
  }
}
