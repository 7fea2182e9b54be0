import Foundation

/// The list of files under version control, read as far as "is this path in it?" needs.
struct GitIndex {
  private let entries: Data

  /// Nil where there is no repository, as in an unpacked archive.
  init?(root: URL) throws {
    var folder = root.appendingPathComponent(".git")
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) else {
      return nil
    }
    if !isFolder.boolValue {
      // A linked work tree: the file says where its folder is.
      let pointer = try String(contentsOf: folder, encoding: .utf8)
      let path = pointer.replacingOccurrences(of: "gitdir:", with: "")
        .trimmingCharacters(in: .whitespacesAndNewlines)
      folder = URL(fileURLWithPath: path, relativeTo: root)
    }
    let index = folder.appendingPathComponent("index")
    guard FileManager.default.fileExists(atPath: index.path) else { return nil }
    entries = try Data(contentsOf: index)
  }

  func mentions(_ path: String) -> Bool { entries.range(of: Data(path.utf8)) != nil }
}
