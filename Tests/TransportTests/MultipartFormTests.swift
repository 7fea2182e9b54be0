import Testing
import Transport

struct MultipartFormTests {
  @Test func `fields and files follow one another in their order`() {
    var form = MultipartForm(boundary: "b0undary")
    form.addField("chat_id", "42")
    form.addFile("voice", fileName: "سلام.ogg", contentType: "audio/ogg", bytes: [0x4F, 0x67])
    let (contentType, body) = form.encoded()
    #expect(contentType == "multipart/form-data; boundary=b0undary")
    #expect(
      String(decoding: body, as: UTF8.self)
        == [
          "--b0undary", #"Content-Disposition: form-data; name="chat_id""#, "", "42",
          "--b0undary",
          #"Content-Disposition: form-data; name="voice"; filename="سلام.ogg""#,
          "Content-Type: audio/ogg", "", "Og", "--b0undary--", "",
        ].joined(separator: "\r\n"))
  }

  @Test func `names and types cannot break out of their line`() {
    var form = MultipartForm(boundary: "b")
    form.addFile(
      "a\"\r\nX: 1", fileName: "\";x=\"\n", contentType: "text/plain\r\nX: 2", bytes: [])
    let lines = String(decoding: form.encoded().body, as: UTF8.self)
      .split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(
      lines == [
        "--b",
        #"Content-Disposition: form-data; name="a%22%0D%0AX: 1"; filename="%22;x=%22%0A""#,
        "Content-Type: text/plainX: 2", "", "", "--b--", "",
      ])
  }

  @Test func `random boundaries differ`() throws {
    let one = try MultipartForm.withRandomBoundary().encoded().contentType
    let other = try MultipartForm.withRandomBoundary().encoded().contentType
    #expect(one != other)
  }
}
