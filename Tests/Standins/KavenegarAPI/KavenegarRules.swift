/// What Kavenegar's documentation asks of a request.
struct KavenegarRules: Sendable {
  private struct Method {
    let required: Set<String>
    let optional: Set<String>
  }

  private static let methods: [String: Method] = [
    "sms/send": Method(
      required: ["receptor", "message"],
      optional: ["sender", "date", "type", "localid", "hide", "tag", "policy"]),
    "sms/sendarray": Method(
      required: ["receptor", "sender", "message"],
      optional: ["date", "type", "localmessageids", "hide", "tag", "policy"]),
    "sms/status": Method(required: ["messageid"], optional: []),
    "sms/receive": Method(required: ["linenumber", "isread"], optional: []),
    "account/info": Method(required: [], optional: []),
  ]

  /// From the published tables.
  private let limits: [String: Int64]

  static func located() throws -> KavenegarRules? {
    guard let tables = try SpecificationFolder.json("kavenegar.codes.json"),
      case .object(let limits)? = tables["limits"]
    else { return nil }
    return KavenegarRules(limits: limits.compactMapValues(\.integer))
  }

  func violations(
    _ name: String, _ form: [FormPair], _ request: ReceivedRequest
  ) -> [String] {
    guard let method = Self.methods[name] else { return ["\(name): unknown method"] }
    var found: [String] = []
    let names = form.map(\.name)
    if Set(names).count != names.count { found.append("a parameter comes twice") }
    found += method.required.subtracting(names).sorted().map { "\($0) is missing" }
    found += Set(names).subtracting(method.required).subtracting(method.optional).sorted()
      .map { "\($0) is unknown" }
    if name == "sms/sendarray", request.method != "POST" { found.append("not a POST") }
    if request.method == "POST", !form.isEmpty,
      !request.contentType.lowercased().hasPrefix("application/x-www-form-urlencoded")
    {
      found.append("not a form")
    }
    switch name {
    case "sms/send":
      found += messages(
        Self.list(form["receptor"]), [form["message"] ?? ""],
        localIDs: form["localid"].map(Self.list))
    case "sms/sendarray": found += array(form)
    case "sms/status": found += ids(Self.list(form["messageid"]))
    case "sms/receive" where form["isread"] != "0" && form["isread"] != "1":
      found.append("isread is not 0 or 1")
    default: break  // nothing more is asked of the others
    }
    return found.map { "\(name): \($0)" }
  }

  private func array(_ form: [FormPair]) -> [String] {
    guard let receptors = Self.array(form["receptor"]), let texts = Self.array(form["message"]),
      let senders = Self.array(form["sender"])
    else { return ["not an array"] }
    var found = messages(
      receptors, texts, localIDs: form["localmessageids"].map { Self.array($0) ?? [] })
    if texts.count != receptors.count || senders.count != receptors.count {
      found.append("arrays of different lengths")
    }
    return found
  }

  private func messages(
    _ receptors: [String], _ texts: [String], localIDs: [String]?
  ) -> [String] {
    var found: [String] = []
    if receptors.isEmpty { found.append("no receptor") }
    if receptors.count > limit("send_receptors_per_call") { found.append("too many receptors") }
    found += receptors.filter { !Self.isReceptor($0) }.map { _ in "a receptor is no number" }
    for text in texts {
      if text.isEmpty { found.append("an empty message") }
      if text.utf16.count > limit("message_chars_total") { found.append("a message is too long") }
    }
    guard let localIDs else { return found + ["no localid"] }
    if localIDs.count != receptors.count { found.append("localids of another number") }
    if Set(localIDs).count != localIDs.count { found.append("a localid comes twice") }
    if localIDs.contains(where: { Int64($0).map { $0 <= 0 } ?? true }) {
      found.append("a localid is no number")
    }
    return found
  }

  private func ids(_ ids: [String]) -> [String] {
    var found: [String] = []
    if ids.isEmpty { found.append("no messageid") }
    if ids.count > limit("status_ids_per_call") { found.append("too many ids") }
    if ids.contains(where: { Int64($0) == nil }) { found.append("a messageid is no number") }
    return found
  }

  private func limit(_ name: String) -> Int { Int(limits[name] ?? 0) }

  static func isReceptor(_ text: String) -> Bool {
    text.wholeMatch(of: #/(\+98|0098|0)?9\d{9}/#) != nil
  }

  private static func list(_ text: String?) -> [String] {
    text.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) } ?? []
  }

  /// The items of a JSON array, numbers as text.
  static func array(_ text: String?) -> [String]? {
    guard let text else { return nil }
    do {
      guard case .array(let items) = try JSONValue(parsing: Array(text.utf8)) else { return nil }
      return items.map { $0.string ?? $0.integer.map(String.init) ?? "" }
    } catch { return nil }
  }
}
