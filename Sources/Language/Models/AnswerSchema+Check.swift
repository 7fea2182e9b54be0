extension AnswerSchema {
  static let choicesShownMax = 6
  private static let nameLengthShownMax = 40

  /// What is wrong with a value first of all, told by its place, `corrections[1].said is missing`;
  /// nil when all is right. It tells nothing of what the value says.
  package func fault(in value: JSON, at place: String = "the answer") -> String? {
    switch (self, value) {
    case (.object(let fields), .object(let members)): memberFault(fields, members, place)
    case (.array(let schema, let itemsMax), .array(let elements)):
      elements.count > itemsMax
        ? "\(place) has \(elements.count) entries, at most \(itemsMax) are allowed"
        : elements.enumerated().lazy.compactMap { index, element in
          schema.fault(in: element, at: "\(place)[\(index)]")
        }.first
    case (.text(let lengthMax), .text(let text)):
      text.unicodeScalars.count > lengthMax
        ? "\(place) has \(text.unicodeScalars.count) characters, at most \(lengthMax) are allowed"
        : nil
    case (.choice(let choices), .text(let text)):
      choices.contains(text) ? nil : "\(place) must be one of \(Self.shown(choices))"
    case (.integer, .integer), (.number, .integer), (.number, .number), (.boolean, .boolean): nil
    case (.object, _): "\(place) must be an object"
    case (.array, _): "\(place) must be an array"
    case (.text, _), (.choice, _): "\(place) must be a string"
    case (.integer, _): "\(place) must be an integer"
    case (.number, _): "\(place) must be a number"
    case (.boolean, _): "\(place) must be true or false"
    }
  }

  private func memberFault(_ fields: [Field], _ members: [JSON.Member], _ place: String) -> String?
  {
    for field in fields {
      let place = "\(place).\(field.name)"
      switch members.first(where: { $0.name == field.name })?.value {
      case nil where field.isRequired: return "\(place) is missing"
      case nil: continue
      // Where every member must be named, null is how a model leaves one out.
      case .null? where !field.isRequired: continue
      case let value?:
        if let fault = field.schema.fault(in: value, at: place) { return fault }
      }
    }
    let unknown = members.first { member in !fields.contains { $0.name == member.name } }
    return unknown.map { member in
      "\(place) has an unknown member \(String(member.name.prefix(Self.nameLengthShownMax)))"
    }
  }

  private static func shown(_ choices: [String]) -> String {
    choices.prefix(choicesShownMax).joined(separator: ", ")
  }
}
