/// One sentence while rules change it. Each change remembers its rule and the place in the
/// learner's text.
struct Draft {
  private static let editsMax = 200

  var tokens: [Token]
  /// What rules took out after the last token.
  private(set) var removedAtEnd: [Token.Removed] = []
  private(set) var editCount: Int

  init(tokens: [Token], editCount: Int) {
    self.tokens = tokens
    self.editCount = editCount
  }

  var count: Int { tokens.count }
  var isFull: Bool { editCount > Self.editsMax }

  subscript(index: Int) -> Token? {
    tokens.indices.contains(index) ? tokens[index] : nil
  }

  /// The lower-case word at a place; empty beyond the sentence.
  func word(_ index: Int) -> String {
    tokens.indices.contains(index) ? tokens[index].lower : ""
  }

  func tag(_ index: Int) -> Tag {
    tokens.indices.contains(index) ? tokens[index].tag : .stop
  }

  func isAny(_ index: Int, _ words: Set<String>) -> Bool {
    words.contains(word(index))
  }

  mutating func replace(_ index: Int, _ text: String, _ rule: Rule, _ confidence: Double? = nil) {
    let edit = next(rule, confidence)
    set(index, text, edit)
  }

  mutating func insert(
    _ text: String, at index: Int, _ rule: Rule, _ confidence: Double? = nil, glued: Bool = false
  ) {
    insert(text, at: index, next(rule, confidence), glued: glued)
  }

  mutating func remove(_ index: Int, _ rule: Rule, _ confidence: Double? = nil) {
    remove(index, next(rule, confidence))
  }

  /// Puts words in the place of others as one change; words that stay the same keep their places.
  mutating func replace(
    _ range: Range<Int>, with words: [String], _ rule: Rule, _ confidence: Double? = nil
  ) {
    let edit = next(rule, confidence)
    var old = range
    var new = words[...]
    while let first = new.first, !old.isEmpty, first.lowercased() == word(old.lowerBound) {
      new = new.dropFirst()
      old = old.lowerBound + 1..<old.upperBound
    }
    while let last = new.last, !old.isEmpty, last.lowercased() == word(old.upperBound - 1) {
      new = new.dropLast()
      old = old.lowerBound..<old.upperBound - 1
    }
    // Words that change places do not change capitals: "is Tom" for "Tom is".
    let isSingle = range.count == 1
    for _ in 0..<min(old.count, new.count) {
      set(old.lowerBound, new.removeFirst(), edit, isInPlace: isSingle || old.lowerBound == 0)
      old = old.lowerBound + 1..<old.upperBound
    }
    for _ in 0..<old.count { remove(old.lowerBound, edit) }
    for text in new.reversed() {
      insert(text, at: old.lowerBound, edit, glued: text.hasPrefix("'"))
    }
  }

  private mutating func next(_ rule: Rule, _ confidence: Double?) -> Edit {
    editCount += 1
    return Edit(number: editCount, rule: rule, confidence: confidence ?? rule.confidence)
  }

  /// The first letter's case is kept: a rule writes small letters.
  private mutating func set(
    _ index: Int, _ text: String, _ edit: Edit, isInPlace: Bool = true
  ) {
    let old = tokens[index]
    let keepsCapital = isInPlace && old.isCapitalised && (old.lower != "i" || index == 0)
    tokens[index].set(keepsCapital ? text.capitalisedFirst : text, edit: edit)
  }

  private mutating func insert(_ text: String, at index: Int, _ edit: Edit, glued: Bool) {
    let place =
      index < tokens.count ? tokens[index].range.lowerBound : tokens.last?.range.upperBound ?? 0
    let isSign = !(text.first?.isLetter ?? false) && !text.hasPrefix("'")
    var token = Token(text, range: place..<place, kind: isSign ? .punctuation : .word)
    token.isGlued = glued || isSign
    token.edit = edit
    if index == 0, let first = tokens.first, token.isWord, first.isWord {
      if first.isCapitalised, first.lower != "i", !first.tag.isName, !first.isShouted {
        token.set(text.capitalisedFirst, edit: edit)
        tokens[0].set(first.text.smallFirst, edit: edit)
      }
    }
    tokens.insert(token, at: index)
  }

  private mutating func remove(_ index: Int, _ edit: Edit) {
    let token = tokens.remove(at: index)
    var removed = token.removed
    if !token.isNew {
      removed.append(Token.Removed(original: token.original, range: token.range, edit: edit))
    }
    if index < tokens.count {
      tokens[index].removed = removed + tokens[index].removed
      if index == 0, token.isCapitalised, tokens[0].isWord, !tokens[0].isCapitalised {
        tokens[0].set(tokens[0].text.capitalisedFirst, edit: edit)
      }
    } else {
      removedAtEnd = removed + removedAtEnd
    }
  }
}

extension String {
  var capitalisedFirst: String {
    prefix(1).uppercased() + dropFirst()
  }
  var smallFirst: String {
    prefix(1).lowercased() + dropFirst()
  }
}
