/// What Kavenegar does and answers.
extension KavenegarStandin.World {
  private static let pageMax = 100

  mutating func perform(_ method: String, _ form: [FormPair]) -> StandinAnswer {
    switch method {
    case "sms/send":
      let receptors = Self.list(form["receptor"])
      let localIDs = Self.list(form["localid"])
      return send(receptors, receptors.map { _ in form["message"] ?? "" }, localIDs)
    case "sms/sendarray":
      return send(
        Self.array(form["receptor"]), Self.array(form["message"]),
        Self.array(form["localmessageids"]))
    case "sms/status": return status(Self.list(form["messageid"]))
    case "sms/receive": return receive(areRead: form["isread"] == "1")
    case "account/info":
      return Self.success([
        "remaincredit": .integer(credit), "expiredate": 13_548_889, "type": "master",
      ])
    default: return KavenegarStandin.refusal(404)  // any other method
    }
  }

  private mutating func send(
    _ receptors: [String], _ texts: [String], _ localIDs: [String]
  ) -> StandinAnswer {
    let isKnown = receptors.allSatisfy { KavenegarRules.isReceptor($0) && !blocked.contains($0) }
    guard !receptors.isEmpty, isKnown else { return KavenegarStandin.refusal(411) }
    guard receptors.count == texts.count else { return KavenegarStandin.refusal(419) }
    guard credit > 0 else { return KavenegarStandin.refusal(418) }
    var entries: [JSONValue] = []
    for (index, receptor) in receptors.enumerated() {
      let localID = localIDs.indices.contains(index) ? Int64(localIDs[index]) ?? 0 : 0
      if let known = messages.first(where: { localID != 0 && $0.localID == localID }) {
        entries.append(Self.entry(known))
        continue
      }
      nextID += 1
      let message = KavenegarStandin.Message(
        id: nextID, localID: localID, receptor: receptor, text: texts[index])
      messages.append(message)
      entries.append(Self.entry(message))
    }
    return Self.success(.array(entries))
  }

  private func status(_ ids: [String]) -> StandinAnswer {
    Self.success(
      .array(
        ids.map { id in
          let status = messages.first { String($0.id) == id }?.status ?? 100
          return [
            "messageid": .integer(Int64(id) ?? 0), "status": .integer(Int64(status)),
            "statustext": "وضعیت",
          ]
        }))
  }

  private mutating func receive(areRead: Bool) -> StandinAnswer {
    var entries: [JSONValue] = []
    for index in inbox.indices
    where inbox[index].isRead == areRead && entries.count < Self.pageMax {
      inbox[index].isRead = true
      entries.append([
        "messageid": .integer(inbox[index].id), "message": .string(inbox[index].text),
        "sender": .string(inbox[index].from), "receptor": .string(KavenegarStandin.line),
        "date": .integer(inbox[index].at),
      ])
    }
    return Self.success(.array(entries))
  }

  private static func entry(_ message: KavenegarStandin.Message) -> JSONValue {
    [
      "messageid": .integer(message.id), "message": .string(message.text),
      "status": .integer(Int64(message.status)), "statustext": "در صف ارسال",
      "sender": .string(KavenegarStandin.line), "receptor": .string(message.receptor),
      "date": 1_760_000_000, "cost": 120,
    ]
  }

  private static func success(_ entries: JSONValue) -> StandinAnswer {
    .json(
      status: 200, ["return": ["status": 200, "message": "تایید شد"], "entries": entries])
  }

  private static func list(_ text: String?) -> [String] {
    text.map { $0.split(separator: ",").map(String.init) } ?? []
  }

  private static func array(_ text: String?) -> [String] {
    KavenegarRules.array(text) ?? []
  }
}
