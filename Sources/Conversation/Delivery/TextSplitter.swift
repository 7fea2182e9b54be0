/// Parts long markup for channels with a limit, measured in UTF-16 code units of plain text.
package enum TextSplitter {
  /// At paragraph, sentence or word borders, never inside a character as a reader sees it. Styles
  /// that are open at a border are closed before it and opened again after it.
  package static func parts(_ markup: String, lengthMax: Int) -> [String] {
    // Escapes only make markup longer than its text, and no text has more units than bytes, which
    // are counted already: this is the common, cheap way out.
    guard markup.utf8.count > lengthMax, markup.utf16.count > lengthMax else { return [markup] }
    let spans = Markup.spans(markup)
    let text = spans.map(\.text).joined()
    let code = codeRanges(spans)
    var parts: [String] = []
    var rest = text[...]
    while rest.utf16.count > lengthMax {
      let cut = BorderSearch(text: rest, room: lengthMax, code: code).border
      // The spaces at a border are the only thing that goes.
      var part = rest[..<cut]
      while part.last?.isWhitespace == true { part.removeLast() }
      if !part.isEmpty { parts.append(slice(spans, part, of: text)) }
      rest = rest[cut...].drop(while: \.isWhitespace)
    }
    if !rest.isEmpty || parts.isEmpty { parts.append(slice(spans, rest, of: text)) }
    return parts
  }

  private static func offset(of index: String.Index, in text: String) -> Int {
    text.utf16.distance(from: text.startIndex, to: index)
  }

  private static func codeRanges(_ spans: [Markup.Span]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for span in spans {
      let end = start + span.text.utf16.count
      if span.style == .code { ranges.append(start..<end) }
      start = end
    }
    return ranges
  }

  /// The markup of a part of the text.
  private static func slice(
    _ spans: [Markup.Span], _ part: Substring, of text: String
  ) -> String {
    let from = offset(of: part.startIndex, in: text)
    let to = offset(of: part.endIndex, in: text)
    var sliced: [Markup.Span] = []
    var start = 0
    for span in spans {
      let units = span.text.utf16
      let lower = max(from - start, 0)
      let upper = min(to - start, units.count)
      start += units.count
      guard lower < upper else { continue }
      let first = units.index(units.startIndex, offsetBy: lower)
      let last = units.index(units.startIndex, offsetBy: upper)
      sliced.append(Markup.Span(span.style, String(span.text[first..<last])))
    }
    return Markup.text(sliced)
  }
}

/// Looks for the last good place to cut a text that is longer than the room for it.
private struct BorderSearch {
  private static let sentenceEnds: Set<Character> = [".", "!", "?", "؟", "…", "۔"]
  private static let closers: Set<Character> = [")", "»", "\"", "”", "’", "]"]

  let text: Substring
  let room: Int
  /// What had better stay whole, as offsets in the text this is a part of.
  let code: [Range<Int>]

  private var paragraph: Substring.Index?
  private var sentence: Substring.Index?
  private var word: Substring.Index?

  init(text: Substring, room: Int, code: [Range<Int>]) {
    self.text = text
    self.room = room
    self.code = code
  }

  var border: Substring.Index {
    var search = self
    return search.find()
  }

  private mutating func find() -> Substring.Index {
    var length = 0
    var last = text.startIndex
    let base = text.utf16.distance(from: text.base.startIndex, to: text.startIndex)
    var lineStart = text.startIndex
    for index in text.indices {
      let width = text[index].utf16.count
      length += width
      // A space at the border goes, so it needs no room.
      guard length <= room || (text[index].isWhitespace && length - width <= room) else { break }
      let next = text.index(after: index)
      last = next
      let cut = base + length
      let isWithinCode = code.contains { $0.lowerBound < cut && cut < $0.upperBound }
      if text[index].isNewline {
        if index > text.startIndex, text[text.index(before: index)].isNewline { paragraph = next }
        lineStart = next
      }
      guard !isWithinCode else { continue }
      note(index, next, lineStart: lineStart)
    }
    // A border in the first half would leave a stub of a message.
    let half = text.utf16.index(text.startIndex, offsetBy: room / 2)
    if let paragraph, paragraph >= half { return paragraph }
    if let sentence, sentence >= half { return sentence }
    if let border = word ?? sentence ?? paragraph { return border }
    return last > text.startIndex ? last : scalarBorder
  }

  private mutating func note(
    _ index: Substring.Index, _ next: Substring.Index, lineStart: Substring.Index
  ) {
    let character = text[index]
    if character.isNewline {
      sentence = next
      word = next
    } else if character.isWhitespace, !isItemNumber(text[lineStart..<index]) {
      word = next
      if endsSentence(text[..<index]) { sentence = next }
    }
  }

  private func endsSentence(_ before: Substring) -> Bool {
    var before = before
    while let last = before.last, Self.closers.contains(last) { before.removeLast() }
    return before.last.map(Self.sentenceEnds.contains) ?? false
  }

  /// `12.` at the start of a line belongs to what follows it.
  private func isItemNumber(_ line: Substring) -> Bool {
    line.last == "." && line.count > 1 && line.dropLast().allSatisfy(\.isNumber)
  }

  /// One character that is longer than a whole message can only be cut inside.
  private var scalarBorder: Substring.Index {
    var length = 0
    for index in text.unicodeScalars.indices {
      length += text.unicodeScalars[index].utf16.count
      if length > room, index > text.startIndex { return index }
    }
    return text.endIndex
  }
}
