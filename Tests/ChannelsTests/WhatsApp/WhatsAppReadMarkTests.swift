import Channels
import Conversation
import Rehearsal
import Standins
import Testing

struct WhatsAppReadMarkTests {
  @Test func `what was read is marked, and that an answer is coming is shown`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      let client = TestWhatsApp.client(standin.url)
      let marks = WhatsAppReadMarks(client: client)
      let port = WhatsAppPort(
        client: client, readMarks: marks, listLabels: [:],
        time: TimeSource { Rehearsal.start },
        logger: LogMemory().logger
      ).channelPort()
      await port.signalActivity(WhatsAppSample.person, .typing)
      #expect(standin.calls.isEmpty)

      let running = Task { await marks.run() }
      let messages = try WhatsAppSample.decode(
        WhatsAppSample.value(messages: [
          WhatsAppSample.text("hello", id: "wamid.1"),
          WhatsAppSample.message("reaction", ["message_id": "w", "emoji": "👍"], id: "wamid.2"),
        ])
      ).messages
      messages.forEach(marks.note)
      let mark = try await standin.call(of: .readMark)
      #expect(mark.body["message_id"] == "wamid.1")
      #expect(mark.body["typing_indicator"] == nil)

      await port.signalActivity(WhatsAppSample.person, .typing)
      let typing = try await standin.call(2, of: .readMark)
      #expect(typing.body["message_id"] == "wamid.1")
      #expect(typing.body["typing_indicator"] == ["type": "text"])
      marks.stop()
      await running.value
      #expect(standin.violations == [])
    }
  }
}
