package import Yams

/// Content as its authors write it.
package enum ContentYAML {
  /// Reads one document; nil when it is empty. Every plain value is a text to begin with: the
  /// default resolver would match each key against seven regular expressions whenever it is looked
  /// up. The encoding is named as Yams asks the environment for it otherwise, once for each file.
  ///
  /// - Throws: what Yams throws when the text is no YAML.
  package static func compose(_ yaml: String) throws -> Node? {
    try Yams.compose(yaml: yaml, .basic, .default, .utf8)
  }
}
