/// The account's secret. It is part of every address that is called, so it must never be shown.
package struct KavenegarKey: Sendable, CustomStringConvertible, CustomReflectable {
  let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { "(secret)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
