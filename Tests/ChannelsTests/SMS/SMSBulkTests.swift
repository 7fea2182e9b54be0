import Channels
import Conversation
import Rehearsal
import Standins
import Storage
import Testing

struct SMSBulkTests {
  private static let hour = SMSBulk.windowDefault

  private func numbers(_ count: Int) -> [String] {
    (0..<count).map { "0912" + String(1_000_000 + $0) }
  }

  private func take(
    _ talk: SMSTalk, _ id: String, _ receptors: [String], text: String = "Hi",
    purpose: Purpose = .service, stopList: StopList? = nil
  ) throws -> Bool {
    try talk.rehearsal.database.writeBlocking {
      try SMSBulk.take(
        .init(id: id, purpose: purpose, text: text, receptors: receptors), limit: Self.hour,
        stopList: stopList, at: talk.clock.now, in: $0)
    }
  }

  private func work(_ talk: SMSTalk, _ id: String, stepsMax: Int = 50) async throws {
    let work = SMSBulkWork(
      carriers: talk.carriers, holds: talk.holds, stopList: nil,
      database: talk.rehearsal.database, time: talk.clock.time)
    for _ in 0..<stepsMax {
      switch try await work.step(id) {
      case .done: return
      case .goOn(let afterMs): talk.clock.advance(milliseconds: afterMs)
      }
    }
    Issue.record("it was not done after \(stepsMax) steps")
  }

  private func states(_ talk: SMSTalk, _ id: String) throws -> [SMSBulk.State: Int] {
    let results = try talk.rehearsal.database.readBlocking { try SMSBulk.results(of: id, in: $0) }
    return Dictionary(grouping: results ?? [], by: \.state).mapValues(\.count)
  }

  @Test func `five hundred go out in batches of two hundred, each once`() async throws {
    try await KavenegarStandin.with { standin in
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      #expect(try take(talk, "all", numbers(500)))
      standin.script(.closeAfter, method: "sms/sendarray")
      try await work(talk, "all")
      #expect(try states(talk, "all") == [.sent: 500])
      #expect(standin.messages.count == 500)
      #expect(standin.calls.all.allSatisfy { $0.method == "sms/sendarray" })
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `a wrong number is found and all others are written to`() async throws {
    try await KavenegarStandin.with { standin in
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      let all = numbers(20)
      standin.block(all[7])
      #expect(try take(talk, "one", all + ["nonsense", all[0]]))
      try await work(talk, "one")
      #expect(try states(talk, "one") == [.sent: 19, .refused: 3])
      let results = try #require(
        try talk.rehearsal.database.readBlocking { try SMSBulk.results(of: "one", in: $0) })
      #expect(results[7].reason == "411 the number is not valid")
      #expect(results[20].reason == "not a phone number")
      #expect(results[21].reason == "named twice")
      #expect(standin.violations.isEmpty)
    }
  }

  @Test(arguments: [Purpose.marketing, .reminders, .service])
  func `only those who allow its purpose get a bulk, and the others are told with the reason`(
    purpose: Purpose
  ) async throws {
    try await KavenegarStandin.with { standin in
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      let evidence = Consent.Evidence(.setting)
      try talk.rehearsal.database.writeBlocking { transaction in
        let record = try #require(try talk.rehearsal.record(transaction))
        try Consent.record(
          purpose, .granted, of: record.id, by: evidence, at: Timestamp(milliseconds: 1),
          in: transaction)
      }
      let unknown = "09120000000"
      #expect(try take(talk, "all", [SMSTalk.iranian, unknown], purpose: purpose))
      try await work(talk, "all")
      #expect(
        try states(talk, "all")
          == (purpose == .service ? [.sent: 2] : [.sent: 1, .refused: 1]))
      try talk.rehearsal.database.writeBlocking { transaction in
        let record = try #require(try talk.rehearsal.record(transaction))
        try Consent.record(
          purpose, .withdrawn, of: record.id, by: evidence, at: Timestamp(milliseconds: 2),
          in: transaction)
      }
      #expect(try take(talk, "again", [SMSTalk.iranian, unknown], purpose: purpose))
      let results = try #require(
        try talk.rehearsal.database.readBlocking { try SMSBulk.results(of: "again", in: $0) })
      let name = purpose.rawValue
      #expect(results[0].reason == "they do not want \(name)")
      #expect(
        results[1].reason
          == (purpose == .service ? nil : "nobody at this number has agreed to \(name)"))
    }
  }

  @Test func `who said stop and is forgotten since is not written to`() async throws {
    try await KavenegarStandin.with { standin in
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      let stopList = StopList { channel, address in "\(channel.rawValue) \(address)" }
      try talk.rehearsal.database.writeBlocking {
        _ = try $0.execute(
          "INSERT INTO stop_list (address_hash, stopped_at) VALUES ('sms +989120000000', 1)")
      }
      #expect(try take(talk, "one", ["09120000000", "09120000001"], stopList: stopList))
      #expect(try states(talk, "one") == [.refused: 1, .waiting: 1])
    }
  }

  @Test func `who said stop is not written to, though they say it last`() async throws {
    try await KavenegarStandin.with { standin in
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      #expect(try take(talk, "late", [SMSTalk.iranian, "09120000000"]))
      try talk.rehearsal.database.writeBlocking {
        _ = try $0.execute("UPDATE conversations SET stopped_at = 1")
      }
      try await work(talk, "late")
      #expect(standin.messages.map(\.receptor) == ["09120000000"])
      #expect(try take(talk, "early", [SMSTalk.iranian]))
      #expect(try states(talk, "early") == [.refused: 1])
    }
  }

  @Test func `without credit the rest waits and goes out later`() async throws {
    try await KavenegarStandin.with { standin in
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      standin.script(.kavenegar(418), method: "sms/sendarray")
      #expect(try take(talk, "credit", numbers(3)))
      try await work(talk, "credit")
      #expect(try states(talk, "credit") == [.sent: 3])
      #expect(talk.alarms.all == [.creditExhausted, nil])
    }
  }

  @Test func `numbers abroad go one by one, and are looked up when an answer was lost`()
    async throws
  {
    try await TwilioStandin.with { standin in
      let talk = try SMSTalk(twilio: standin, saying: Reply("Hi"), number: SMSTalk.american)
      talk.clock.moveToMachine()
      standin.script(.closeAfter)
      #expect(try take(talk, "abroad", ["+15005550001", "+15005550002"]))
      try await work(talk, "abroad")
      #expect(standin.messages.map(\.to).sorted() == ["+15005550001", "+15005550002"])
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `an order repeated is the same order`() async throws {
    try await KavenegarStandin.with { standin in
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      #expect(try take(talk, "same", numbers(2)))
      #expect(try !take(talk, "same", numbers(2)))
      try await work(talk, "same")
      try await work(talk, "same")
      #expect(standin.messages.count == 2)
    }
  }

  @Test func `the eleventh of an hour has to wait`() async throws {
    try await KavenegarStandin.with { standin in
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      for number in 1...10 { #expect(try take(talk, "bulk-\(number)", numbers(1))) }
      #expect(throws: SMSBulk.Fault.tooOften(retryAfterMs: 3_600_000)) {
        try take(talk, "bulk-11", numbers(1))
      }
      #expect(try !take(talk, "bulk-10", numbers(1)))
      talk.clock.advance(milliseconds: 3_600_000)
      #expect(try take(talk, "bulk-11", numbers(1)))
    }
  }

  @Test func `what is no order is refused by name`() async throws {
    try await KavenegarStandin.with { standin in
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      #expect(throws: SMSBulk.Fault.tooManyReceptors) { try take(talk, "a", numbers(501)) }
      #expect(throws: SMSBulk.Fault.noReceptors) { try take(talk, "a", []) }
      #expect(throws: SMSBulk.Fault.noText) { try take(talk, "a", numbers(1), text: " \n") }
      #expect(throws: SMSBulk.Fault.textTooLong) {
        try take(talk, "a", numbers(1), text: String(repeating: "x", count: 671))
      }
      for id in ["", "a b", String(repeating: "x", count: 65), "é"] {
        #expect(throws: SMSBulk.Fault.badID) { try take(talk, id, numbers(1)) }
      }
    }
  }

  @Test func `the end of each message is written down and never goes backwards`() async throws {
    try await KavenegarStandin.with { standin in
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      #expect(try take(talk, "ends", numbers(1)))
      try await work(talk, "ends")
      let id = try #require(standin.messages.first?.id)
      for state in [DeliveryReport.State.sent, .delivered, .sent] {
        let report = DeliveryReport(
          channel: .sms, providerID: "\(id)", state: state, at: talk.clock.now)
        let isConversations = try talk.rehearsal.database.writeBlocking {
          try SMSReports.take(report, by: .kavenegar, key: nil, isFinal: false, in: $0)
        }
        #expect(!isConversations)
      }
      #expect(try states(talk, "ends") == [.delivered: 1])
    }
  }
}
