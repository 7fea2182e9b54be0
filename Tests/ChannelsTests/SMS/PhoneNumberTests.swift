import Channels
import Testing

struct PhoneNumberTests {
  @Test(arguments: [
    "09123456789", "9123456789", "+989123456789", "00989123456789", "989123456789",
    "۰۹۱۲۳۴۵۶۷۸۹", "٠٩١٢٣٤٥٦٧٨٩", "+98 912 345 6789", "0912-345-6789", "(0912) 345.6789",
    "\u{202A}+98 912 345 6789\u{202C}",
  ])
  func `a number of Iran is the same however it is written`(_ text: String) throws {
    let number = try #require(PhoneNumber(text))
    #expect(number.e164 == "+989123456789")
    #expect(number.isIranian)
  }

  @Test(arguments: ["+15005550006", "+447700900123", "+4912345678"])
  func `a number of another country is taken with its plus`(_ text: String) {
    #expect(PhoneNumber(text)?.e164 == text)
    #expect(PhoneNumber(text)?.isIranian == false)
  }

  @Test(arguments: [
    "", "+", "09*********", "30001234", "10004346", "GOOGLE", "15005550006", "00447700900123",
    "+0123456789", "+1234567", "+1234567890123456", "+98912345678", "+9891234567890",
    "091234567890", "whatsapp:+15005550001", "+15005550006;rm", "5+55555555",
    String(repeating: "1", count: 1_000), "+१५००५५५०००६",
  ])
  func `what is no person's number is none`(_ text: String) {
    #expect(PhoneNumber(text) == nil)
  }

  @Test func `a number is not shown by accident`() throws {
    let number = try #require(PhoneNumber("+989123456789"))
    #expect(!"\(number)".contains("912345"))
    #expect(!String(reflecting: number).contains("912345"))
  }
}
