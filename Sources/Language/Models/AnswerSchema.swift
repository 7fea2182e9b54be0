/// What a structured answer must look like: a small part of JSON Schema, for objects without
/// unknown members.
package indirect enum AnswerSchema: Sendable, Equatable {
  package struct Field: Sendable, Equatable {
    package let name: String
    package let isRequired: Bool
    package let schema: AnswerSchema

    package init(_ name: String, isRequired: Bool = true, _ schema: AnswerSchema) {
      self.name = name
      self.isRequired = isRequired
      self.schema = schema
    }
  }

  /// An object with these members and no others.
  case object([Field])
  case array(of: AnswerSchema, itemsMax: Int)
  /// In Unicode scalars, as JSON Schema counts.
  case text(lengthMax: Int)
  case choice([String])
  case integer
  case number
  case boolean
}
