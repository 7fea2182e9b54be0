import Conversation
import Testing

/// Numbers belong to the open question alone.
struct NumberedNoticeTests {
  private let sms = Capabilities(
    textLengthMax: 600, buttonsMax: 0, buttonTitleLengthMax: 0, settlesButtons: false,
    isPushed: true)
  private let reply = Reply(
    "Time to learn.", choices: [.command("learn", "Learn"), Choice("later", "Later")])

  @Test func `what is not the open question has commands in place of numbers`() {
    #expect(
      Renderer.messages(reply, for: sms, isOpen: false).map(\.text)
        == ["Time to learn.\n\n• Learn: /learn"])
    #expect(
      Renderer.messages(reply, for: sms).map(\.text)
        == ["Time to learn.\n\n1. Learn\n2. Later"])
  }

  @Test func `where there are buttons nothing changes`() {
    let buttons = Capabilities(
      textLengthMax: 600, buttonsMax: 4, buttonTitleLengthMax: 20, settlesButtons: true,
      isPushed: true)
    #expect(
      Renderer.messages(reply, for: buttons, isOpen: false)
        == Renderer.messages(reply, for: buttons))
  }
}
