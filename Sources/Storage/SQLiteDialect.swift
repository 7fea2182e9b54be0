/// What SQLite spells in its own way.
enum SQLiteDialect {
  static func sql(_ change: SchemaChange) -> SQL {
    switch change {
    case .table(let text): SQL(schema: text, suffix: " STRICT")
    case .clusteredTable(let text): SQL(schema: text, suffix: " STRICT, WITHOUT ROWID")
    case .statement(let text): SQL(schema: text, suffix: "")
    }
  }
}

extension SQL {
  fileprivate init(schema: StaticString, suffix: StaticString) {
    var interpolation = Interpolation(literalCapacity: 0, interpolationCount: 0)
    interpolation.appendLiteral(schema)
    interpolation.appendLiteral(suffix)
    self.init(stringInterpolation: interpolation)
  }
}
