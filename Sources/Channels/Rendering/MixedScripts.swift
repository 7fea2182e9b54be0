import Conversation

/// Keeps words in order where a line of a right-to-left language holds Latin words: it is marked
/// so that it runs from the right, and each left-to-right run is set apart, with the signs that
/// belong to it. Marks stand outside of code and never touch an address, so both stay copyable.
enum MixedScripts {
  enum Marking {
    /// Every run between FSI's sisters LRI and PDI, for what lays text out as Unicode says today.
    case isolates
    /// An LRM where a run begins or ends with a sign: older phones know it, and it is cheap.
    case strongMarks
    /// Only the direction of the line.
    case lines
  }

  static let rightToLeftMark: Unicode.Scalar = "\u{200F}"
  private static let leftToRightMark: Unicode.Scalar = "\u{200E}"
  private static let isolate: Unicode.Scalar = "\u{2066}"
  private static let endOfIsolate: Unicode.Scalar = "\u{2069}"

  /// The spans with the marks a conversation in `language` needs; what they say is unchanged.
  static func ordered(
    _ spans: [Markup.Span], in language: LanguageCode, by marking: Marking
  ) -> [Markup.Span] {
    guard language.isRightToLeft else { return spans }
    let text = Flat(spans)
    var insertions: [Insertion] = []
    for line in text.scalars.split(separator: "\n") {
      insertions += self.insertions(line, by: marking)
    }
    let allowed = marking == .lines ? insertions : text.outsideCode(insertions)
    return allowed.isEmpty ? spans : text.inserting(allowed)
  }

  private static func insertions(
    _ line: ArraySlice<Unicode.Scalar>, by marking: Marking
  ) -> [Insertion] {
    guard line.contains(where: Script.isRightToLeft), !line.contains(where: Script.isControl)
    else { return [] }
    var insertions: [Insertion] = []
    if Script.beginsLeftToRight(line) {
      insertions.append(Insertion(rightToLeftMark, at: line.startIndex, .lineStart))
    }
    guard marking != .lines else { return insertions }
    for run in LatinRun.runs(in: line) where run.mayBeMarked {
      switch marking {
      case .isolates:
        insertions.append(Insertion(isolate, at: run.start, .runStart))
        insertions.append(Insertion(endOfIsolate, at: run.end, .runEnd))
      case .strongMarks:
        if run.beginsWithSign {
          insertions.append(Insertion(leftToRightMark, at: run.start, .runStart))
        }
        if run.endsWithSign {
          insertions.append(Insertion(leftToRightMark, at: run.end, .runEnd))
        }
      case .lines: break
      }
    }
    return insertions
  }

  fileprivate struct Insertion {
    enum Place: Comparable {
      case runEnd
      case lineStart
      case runStart
    }

    let scalar: Unicode.Scalar
    let offset: Int
    let place: Place

    init(_ scalar: Unicode.Scalar, at offset: Int, _ place: Place) {
      self.scalar = scalar
      self.offset = offset
      self.place = place
    }
  }

  /// Spans as one row of scalars, to look at lines across styles.
  fileprivate struct Flat {
    let spans: [Markup.Span]
    var scalars: [Unicode.Scalar] = []

    init(_ spans: [Markup.Span]) {
      self.spans = spans
      for span in spans { scalars.append(contentsOf: span.text.unicodeScalars) }
    }

    /// Without the marks of runs that begin or end within code.
    func outsideCode(_ insertions: [Insertion]) -> [Insertion] {
      var inner: [Range<Int>] = []
      var offset = 0
      for span in spans {
        let end = offset + span.text.unicodeScalars.count
        if span.style == .code, end - offset > 1 { inner.append(offset + 1..<end) }
        offset = end
      }
      guard !inner.isEmpty else { return insertions }
      var allowed: [Insertion] = []
      var dropsNext = false
      for (index, insertion) in insertions.enumerated() {
        let isWithin = inner.contains { $0.contains(insertion.offset) }
        let next = index + 1 < insertions.count ? insertions[index + 1] : nil
        let isPairBroken =
          insertion.scalar == isolate
          && inner.contains { $0.contains(next?.offset ?? insertion.offset) }
        if !isWithin, !isPairBroken, !dropsNext { allowed.append(insertion) }
        dropsNext = insertion.scalar == isolate && (isWithin || isPairBroken)
      }
      return allowed
    }

    /// Marks at a style's border stand outside of it.
    func inserting(_ insertions: [Insertion]) -> [Markup.Span] {
      var result: [Markup.Span] = []
      var pending = insertions.sorted { ($0.offset, $0.place) < ($1.offset, $1.place) }[...]
      var offset = 0
      for span in spans {
        let end = offset + span.text.unicodeScalars.count
        var outside = String.UnicodeScalarView()
        while let next = pending.first, next.offset == offset {
          outside.append(next.scalar)
          pending.removeFirst()
        }
        if !outside.isEmpty { result.append(Markup.Span(.plain, String(outside))) }
        var text = String.UnicodeScalarView()
        for scalar in span.text.unicodeScalars {
          while let next = pending.first, next.offset <= offset {
            text.append(next.scalar)
            pending.removeFirst()
          }
          text.append(scalar)
          offset += 1
        }
        result.append(Markup.Span(span.style, String(text)))
        offset = end
      }
      let rest = pending.map(\.scalar)
      if !rest.isEmpty {
        result.append(Markup.Span(.plain, String(String.UnicodeScalarView(rest))))
      }
      return result
    }
  }
}
