import Conversation

/// Seven days as a picture: bars of minutes above, of accuracy below, from left to right or, for
/// languages written that way, from right to left.
struct WeekChart: Sendable {
  static let width = 640
  static let height = 400
  private static let marginTop = 46
  private static let panelHeight = 120
  private static let panelGap = 74
  private static let axisWidth = 64
  private static let barWidth = 34
  private static let slot = (width - axisWidth - 16) / 7

  private static let paper: UInt8 = 0
  private static let ink: UInt8 = 1
  private static let faint: UInt8 = 2
  private static let blue: UInt8 = 3
  private static let green: UInt8 = 4
  private static let orange: UInt8 = 5
  private static let palette = [
    Canvas.Colour(red: 255, green: 255, blue: 255), Canvas.Colour(red: 40, green: 44, blue: 52),
    Canvas.Colour(red: 222, green: 226, blue: 232), Canvas.Colour(red: 45, green: 114, blue: 217),
    Canvas.Colour(red: 34, green: 160, blue: 107), Canvas.Colour(red: 226, green: 132, blue: 28),
  ]

  /// The days in order, the newest last.
  let days: [PracticeLog.Day]
  let goalMinutes: Int
  let language: LanguageCode

  /// - Returns: a PNG.
  func bytes() -> [UInt8] {
    var canvas = Canvas(width: Self.width, height: Self.height, palette: Self.palette)
    let minutes = days.map(\.minutes)
    let most = max(minutes.max() ?? 0, goalMinutes)
    let top = ((most + 9) / 10) * 10
    panel(
      Panel(
        title: words.minutes, top: Self.marginTop, scaleMax: top, sign: "", colour: Self.blue,
        values: minutes.map { $0 == 0 ? nil : $0 }, goal: goalMinutes), &canvas)
    panel(
      Panel(
        title: words.accuracy, top: Self.marginTop + Self.panelHeight + Self.panelGap,
        scaleMax: 100, sign: words.percent, colour: Self.green,
        values: days.map(\.accuracyPercent), goal: nil), &canvas)
    return PNGWriter.bytes(of: canvas)
  }

  private struct Panel {
    let title: String
    let top: Int
    let scaleMax: Int
    let sign: String
    let colour: UInt8
    /// nil where there was no practice.
    let values: [Int?]
    let goal: Int?
  }

  private var isRightToLeft: Bool { language.isRightToLeft }

  private func panel(_ panel: Panel, _ canvas: inout Canvas) {
    let bottom = panel.top + Self.panelHeight
    let left = isRightToLeft ? 16 : Self.axisWidth
    let right = left + 7 * Self.slot
    write(panel.title, at: isRightToLeft ? right : left, top: panel.top - 38, &canvas)
    for part in 0...2 {
      let row = bottom - Self.panelHeight * part / 2
      canvas.fill(
        Canvas.Box(left: left, top: row, width: right - left, height: 1), Self.faint)
      let text = Numerals.localise("\(panel.scaleMax * part / 2)", language: language) + panel.sign
      label(text, besideAxis: isRightToLeft ? right : left, row: row, &canvas)
    }
    if let goal = panel.goal, goal > 0, goal <= panel.scaleMax {
      let row = bottom - Self.panelHeight * goal / max(1, panel.scaleMax)
      canvas.dash(from: left, to: right, row: row, Self.orange)
    }
    canvas.fill(Canvas.Box(left: left, top: bottom, width: right - left, height: 2), Self.ink)
    for (index, value) in panel.values.enumerated() {
      let place = isRightToLeft ? 6 - index : index
      let centre = left + place * Self.slot + Self.slot / 2
      bar(value, panel, centre: centre, bottom: bottom, &canvas)
      let name = PixelText.line(words.day(days[index].day), isRightToLeft: isRightToLeft)
      canvas.write(name, left: centre - name.width, top: bottom + 6, scale: 2, Self.ink)
    }
  }

  private func bar(
    _ value: Int?, _ panel: Panel, centre: Int, bottom: Int, _ canvas: inout Canvas
  ) {
    guard let value else { return }
    let height = min(Self.panelHeight, Self.panelHeight * value / max(1, panel.scaleMax))
    let box = Canvas.Box(
      left: centre - Self.barWidth / 2, top: bottom - height, width: Self.barWidth, height: height)
    canvas.fill(box, panel.colour)
    let number = PixelText.line(
      Numerals.localise("\(value)", language: language), isRightToLeft: isRightToLeft)
    canvas.write(number, left: centre - number.width / 2, top: box.top - 10, scale: 1, Self.ink)
  }

  /// A number beside the axis, on the outer side of it.
  private func label(_ text: String, besideAxis axis: Int, row: Int, _ canvas: inout Canvas) {
    let line = PixelText.line(text, isRightToLeft: isRightToLeft)
    let left = isRightToLeft ? axis + 6 : axis - 6 - 2 * line.width
    canvas.write(line, left: left, top: row - 10, scale: 2, Self.ink)
  }

  private func write(_ text: String, at edge: Int, top: Int, _ canvas: inout Canvas) {
    let line = PixelText.line(text, isRightToLeft: isRightToLeft)
    let left = isRightToLeft ? edge - 2 * line.width : edge
    canvas.write(line, left: left, top: top, scale: 2, Self.ink)
  }

  private var words: ChartWords {
    switch language {
    case .persian: .persian
    case .arabic: .arabic
    case _: .english
    }
  }
}

/// What a chart has room to say. The text that goes with it says the same in full words.
struct ChartWords: Sendable {
  let minutes: String
  let accuracy: String
  let percent: String
  /// From Monday on.
  let days: [String]

  static let english = ChartWords(
    minutes: "minutes", accuracy: "accuracy", percent: "%",
    days: ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"])
  static let persian = ChartWords(
    minutes: "دقیقه", accuracy: "دقت", percent: "٪", days: ["د", "س", "چ", "پ", "ج", "ش", "ی"])
  static let arabic = ChartWords(
    minutes: "دقيقة", accuracy: "دقة", percent: "٪", days: ["ن", "ث", "ر", "خ", "ج", "س", "ح"])

  /// - Parameter day: days since 1970-01-01, a Thursday.
  func day(_ day: Int) -> String { days[((day + 3) % 7 + 7) % 7] }
}
