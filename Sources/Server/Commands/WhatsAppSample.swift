/// A recorded post made new: for our own number, with ids nobody has used.
enum WhatsAppSample {
  static func renewed(_ payload: String, id: String, phoneNumberID: String) -> String {
    var count = 0
    let renewed = payload.replacing(#/("id"\s*:\s*")wamid\.[^"]*"/#) { match in
      count += 1
      return "\(match.1)\(id)-\(count)\""
    }
    return renewed.replacing(#/("phone_number_id"\s*:\s*")[^"]*"/#) { match in
      "\(match.1)\(phoneNumberID)\""
    }
  }
}
