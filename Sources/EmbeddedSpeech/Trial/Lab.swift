import Foundation
package import Media
import Speech

package enum Lab {
  package static func say(_ text: String, voice: String) throws -> PCMAudio {
    try Flite.speak(text, voice: voice, wordsPerMinute: 165)
  }
  package static func cpu() -> Double {
    var t = timespec(); clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t)
    return Double(t.tv_sec) + Double(t.tv_nsec) / 1e9
  }
  package final class Ear {
    let decoder: Decoder
    package init() throws { decoder = try Decoder(.usual) }
    package var seconds = 0.0
    package func rows(_ audio: PCMAudio, _ target: String, variants: Bool, skip: Double) throws -> String {
      let maker = SlotMaker(decoder: decoder)
      let words = target.split(separator: " ").map(String.init)
      let slots = words.compactMap { maker.slot(for: $0, withVariants: variants) }
      var g = Grammar(reading: slots)
      if skip == 0 { g.skips = [] }
      let c = Lab.cpu()
      let segs = try decoder.decode(audio.samples, with: g)
      seconds += Lab.cpu() - c
      let a = Alignment(segs, to: slots)
      var parts: [String] = []
      for (i, h) in a.heard.enumerated() {
        if let h {
          let rule = slots[i].variants[h.word]?.rule ?? "-"
          parts.append("\(words[i]):\(h.firstFrame):\(h.lastFrame):\(String(format: "%.2f", h.costPerFrame)):\(rule):\(slots[i].phoneCount)")
        } else { parts.append("\(words[i]):::::\(slots[i].phoneCount)") }
      }
      let fill = a.fillers.map { "\($0.word),\($0.firstFrame),\($0.lastFrame),\(String(format: "%.2f", $0.costPerFrame))" }.joined(separator: ";")
      return parts.joined(separator: " ") + "\t" + fill
    }
  }
}
