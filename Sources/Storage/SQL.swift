/// A statement and the values bound to it. Interpolation can only ever bind:
/// `"SELECT name FROM people WHERE id = \(id)"` never splices text into the statement.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
  package private(set) var text: String
  package private(set) var values: [SQLValue]

  package init(stringLiteral value: StaticString) {
    text = value.description
    values = []
  }

  package init(stringInterpolation: Interpolation) {
    text = String(decoding: stringInterpolation.text, as: UTF8.self)
    values = stringInterpolation.values
  }

  package struct Interpolation: StringInterpolationProtocol {
    /// As bytes: a statement is put together in every turn, and pieces of text cost twice as much.
    fileprivate(set) var text: [UInt8] = []
    fileprivate(set) var values: [SQLValue] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + interpolationCount)
      values.reserveCapacity(interpolationCount)
    }

    package mutating func appendLiteral(_ literal: StaticString) {
      literal.withUTF8Buffer { text += $0 }
    }

    /// Binds one value.
    package mutating func appendInterpolation(_ value: some SQLConvertible) {
      text.append(UInt8(ascii: "?"))
      values.append(value.sqlValue)
    }

    /// Binds a value that may be missing.
    package mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value?) {
      text.append(UInt8(ascii: "?"))
      values.append(value.sqlValue)
    }

    /// Binds each of `list`, for `IN (\(list: ids))`. An empty list matches nothing.
    package mutating func appendInterpolation(list: [some SQLConvertible]) {
      text += (list.isEmpty ? "NULL" : list.map { _ in "?" }.joined(separator: ", ")).utf8
      values += list.map(\.sqlValue)
    }

    /// Inserts another statement's text with its own bindings; it, too, can only come from source.
    package mutating func appendInterpolation(sql: SQL) {
      text += sql.text.utf8
      values += sql.values
    }
  }
}
