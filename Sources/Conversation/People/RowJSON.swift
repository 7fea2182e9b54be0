package import Storage

/// Rows of a table as JSON, column by column, for the file people get of their data.
package enum RowJSON {
  package static func array(_ rows: [Row]) -> String {
    "[" + rows.map(object).joined(separator: ",") + "]"
  }

  /// `null` when there is no such row.
  package static func object(_ row: Row?) -> String {
    row.map { object($0) } ?? "null"
  }

  package static func object(_ row: Row) -> String {
    let fields = row.fields.map { "\(JSONText.quoted($0.column)):\(value($0.value))" }
    return "{" + fields.joined(separator: ",") + "}"
  }

  private static func value(_ value: SQLValue) -> String {
    switch value {
    case .null: "null"
    case .integer(let number): String(number)
    case .real(let number): number.isFinite ? "\(number)" : "null"
    case .text(let text): JSONText.quoted(text)
    case .blob(let bytes): "[" + bytes.map(String.init).joined(separator: ",") + "]"
    }
  }
}
