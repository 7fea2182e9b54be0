/// Why the data of the check could not be read.
package enum LexiconFault: Error, Equatable {
  /// A file is missing or cannot be read.
  case unreadable(file: String)
  /// A line of a file is not what the reader expects.
  case malformed(file: String, line: Int)
  /// The spelling dictionary of this name is not installed.
  case dictionaryMissing(name: String)
}
