/// The number we write from, and the secret that lets us.
package struct WhatsAppAccount: Sendable, CustomStringConvertible, CustomReflectable {
  package let phoneNumberID: String
  let accessToken: String

  package init(phoneNumberID: String, accessToken: String) {
    self.phoneNumberID = phoneNumberID
    self.accessToken = accessToken
  }

  package var description: String { phoneNumberID }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
