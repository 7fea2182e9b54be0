import HTTPTypes
import Hummingbird
import NIOCore

/// The pages people see, embedded in the program.
struct PageRoutes {
  /// No inline script or style, nothing from elsewhere; the chat may be framed by the widget.
  static let chatPolicy = """
    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors *
    """

  func add(to router: Router<AppContext>) {
    router.get("/") { _, _ in
      Self.page(PackageResources.chat_html, "text/html; charset=utf-8")
    }
    for (name, bytes) in Self.styles {
      router.get(RouterPath("/" + name)) { _, _ in
        Self.page(bytes, "text/css; charset=utf-8")
      }
    }
    for (name, bytes) in Self.scripts {
      router.get(RouterPath("/" + name)) { _, _ in
        Self.page(bytes, "text/javascript; charset=utf-8")
      }
    }
    router.get("/widget.js") { _, _ in
      var script = Self.page(PackageResources.widget_js, "text/javascript; charset=utf-8")
      script.headers[.crossOriginResourcePolicy] = "cross-origin"
      return script
    }
  }

  private static let styles = [
    ("chat.css", PackageResources.chat_css), ("chat-voice.css", PackageResources.chat_voice_css),
  ]

  private static let scripts = [
    ("chat.js", PackageResources.chat_js), ("chat-link.js", PackageResources.chat_link_js),
    ("chat-live.js", PackageResources.chat_live_js),
    ("chat-menu.js", PackageResources.chat_menu_js),
    ("chat-upload.js", PackageResources.chat_upload_js),
    ("chat-view.js", PackageResources.chat_view_js),
    ("chat-voice.js", PackageResources.chat_voice_js),
    ("chat-words.js", PackageResources.chat_words_js),
  ]

  private static func page(_ bytes: [UInt8], _ type: String) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: type, .contentSecurityPolicy: chatPolicy, .cacheControl: "no-cache",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

extension HTTPField.Name {
  static var crossOriginResourcePolicy: HTTPField.Name {
    guard let name = HTTPField.Name("Cross-Origin-Resource-Policy") else {
      preconditionFailure("a valid field name")
    }
    return name
  }
}
