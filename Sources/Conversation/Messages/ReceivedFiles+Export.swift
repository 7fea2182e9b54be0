import Foundation
package import Storage

extension ReceivedFiles {
  /// The files a person has sent, as JSON for the file they get of their data: the newest first,
  /// each with its bytes in Base64 as long as all of them fit into `bytesMax`. The others are named
  /// with their size and why they are not in it.
  package static func export(
    of person: ID<Person>, bytesMax: Int, in database: Transaction
  ) throws -> String {
    let rows = try database.all(
      """
      SELECT f.key, f.media_type, f.byte_count, f.kept_at FROM received_files f
      JOIN conversations c ON c.id = f.conversation_id
      WHERE c.person_id = \(person) ORDER BY f.kept_at DESC, f.key DESC
      """)
    var roomBytes = bytesMax
    let files = try rows.map { row in
      let key: String = try row.value("key")
      let byteCount: Int = try row.value("byte_count")
      var fields = [
        "\"key\":\(JSONText.quoted(key))",
        "\"mediaType\":\(JSONText.quoted(try row.value("media_type")))",
        "\"byteCount\":\(byteCount)", "\"keptAt\":\(try row.value("kept_at", as: Int.self))",
      ]
      if byteCount <= roomBytes, let bytes = try bytes(of: key, in: database) {
        roomBytes -= bytes.count
        fields.append("\"base64\":\"\(Data(bytes).base64EncodedString())\"")
      } else {
        fields.append("\"leftOut\":\"there was no room for it in a file that can be sent here\"")
      }
      return "{\(fields.joined(separator: ","))}"
    }
    return "[\(files.joined(separator: ","))]"
  }

  /// One at a time, so that only what goes into the file is in memory.
  private static func bytes(of key: String, in database: Transaction) throws -> [UInt8]? {
    try database.first("SELECT bytes FROM received_files WHERE key = \(key)")?.value("bytes")
  }
}
