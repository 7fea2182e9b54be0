import Channels

/// How long it takes to tell that a post comes from Meta and what it says, without storing it.
struct WhatsAppParseBenchmark {
  private static let warmUps = 2_000
  private static let samples = 20_000
  private static let medianMicrosecondsMax = 150.0
  private static let number = "106540352242922"

  /// A message of usual length, spelled as Meta spells it.
  private static let post = Array(
    (#"{"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"value":"#
      + #"{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","#
      + #""phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"\u0633\u0627\u0631"#
      + #"\u0627"},"wa_id":"989120000417","user_id":"IR.13491208655302741918"}],"messages":[{"#
      + #""from":"989120000417","from_user_id":"IR.13491208655302741918","id":"wamid.HBgMOTg5MTIw"#
      + #"MDAwNDE3FQIAEhgUM0FTQU1QTEU=","timestamp":"1767255000","type":"text","text":{"body":"#
      + #""Hello! Yesterday I went to the market with my sister and we bought oranges and a small "#
      + #"green lamp. \u0686\u0631\u0627\u063a \u0633\u0628\u0632 \ud83d\udca1"}}]},"#
      + #""field":"messages"}]}]}"#).utf8)

  func run() throws {
    let signature = WhatsAppSignature(appSecret: "0123456789abcdef0123456789abcdef")
    let header = signature.header(for: Self.post)
    let clock = ContinuousClock()
    var times: [Double] = []
    times.reserveCapacity(Self.samples)
    for round in 0..<Self.warmUps + Self.samples {
      var isSound = false
      let time = try clock.measure {
        guard signature.isValid(header, for: Self.post) else { return }
        let decoded = try WhatsAppPost.decode(Self.post, phoneNumberID: Self.number)
        isSound = decoded.messages.count == 1
      }
      guard isSound else { throw BenchmarkFault.failed("parsing", log: "the post was refused") }
      if round >= Self.warmUps { times.append(time / .microseconds(1)) }
    }
    times.sort()
    BenchmarkTable.show(
      "\(Self.post.count) bytes, median", times[times.count / 2], unit: " µs",
      .atMost(Self.medianMicrosecondsMax))
    print("p99 \(BenchmarkTable.decimal(times[times.count * 99 / 100], places: 2)) µs")
  }
}
