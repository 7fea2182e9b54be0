import Foundation

/// Every text file of the repository this test was built from.
struct SourceTree: Sendable {
  /// Made by building, testing or running: not ours to judge.
  static let generatedFolders: Set<String> = [
    ".build", ".git", ".pytest_cache", ".ruff_cache", ".swiftpm", ".venv", ".venv-bench",
    ".venv-providers",
    "__pycache__", "node_modules", "var",
  ]
  static let generatedFiles: Set<String> = [".env", ".git", "Package.resolved"]
  static let fileBytesMax = 2_000_000

  let root: URL
  let files: [SourceFile]
  /// Paths of all files and folders, text or not.
  let paths: Set<String>

  init(root: URL) throws {
    self.root = root
    var files: [SourceFile] = []
    var paths: Set<String> = []
    try Self.visit(root, "", &files, &paths)
    self.files = files.sorted { $0.path < $1.path }
    self.paths = paths
  }

  static func ofThisRepository(testFile: String = #filePath) throws -> SourceTree {
    let tests = URL(fileURLWithPath: testFile).deletingLastPathComponent()
    return try SourceTree(
      root: tests.deletingLastPathComponent().deletingLastPathComponent().standardizedFileURL)
  }

  private static func visit(
    _ folder: URL, _ prefix: String, _ files: inout [SourceFile], _ paths: inout Set<String>
  ) throws {
    let entries = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.isDirectoryKey, .fileSizeKey])
    for entry in entries {
      let name = entry.lastPathComponent
      let path = prefix + name
      let values = try entry.resourceValues(forKeys: [.isDirectoryKey, .fileSizeKey])
      if values.isDirectory == true {
        guard !generatedFolders.contains(name) else { continue }
        paths.insert(path)
        try visit(entry, path + "/", &files, &paths)
      } else {
        guard !generatedFiles.contains(name) else { continue }
        paths.insert(path)
        guard (values.fileSize ?? 0) <= fileBytesMax else { continue }
        // Pictures and recordings are no text and have nothing to check.
        if let text = String(data: try Data(contentsOf: entry), encoding: .utf8) {
          files.append(SourceFile(path: path, text: text))
        }
      }
    }
  }
}
