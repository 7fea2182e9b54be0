/// What people write down as a proxy's address.
package enum ProxyAddress {
  private static let socks = "socks5://"

  /// The address as requests want it, nil when it is none. A SOCKS proxy is always given names, not
  /// numbers: what our own network says of a name may be the reason for the proxy.
  package static func normalised(_ text: String) -> String? {
    let address =
      text.lowercased().hasPrefix(socks) ? "socks5h://" + text.dropFirst(socks.count) : text
    return RequestCheck.isProxy(address) ? address : nil
  }
}
