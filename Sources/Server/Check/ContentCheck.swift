import Channels
import Conversation
import Foundation
import Language
import Learning
import Onboarding
import Practice

/// Reads everything the bot says and teaches and holds it against the code and every channel: what
/// is missing, left over, too long, or says something else in another language.
package struct ContentCheck: Sendable {
  /// `file:line: problem`, in the order of the files.
  package private(set) var faults: [String] = []
  private var counts: [String] = []
  private var costs: [SMSCost] = []

  struct SMSCost: Sendable {
    let place: String
    let segments: SMSSegments
  }

  package static func run(root: String) -> ContentCheck {
    var check = ContentCheck()
    let content = ProductContent.Places(root: root)
    var catalogues: [PhraseCatalogue] = []
    check.examine("phrases") {
      catalogues = try content.catalogues()
      return "\(catalogues.count) languages"
    }
    check.examine(catalogues)
    check.examine(content, spoken: catalogues)
    check.examine("lessons") {
      let curriculum = try Curriculum.load(from: content.curriculum)
      let faults = curriculum.coverageFaults
      guard faults.isEmpty else { throw ContentFaults(faults) }
      return "\(curriculum.lessons.count)"
    }
    check.examine("placement, goals and interests") {
      let onboarding = try OnboardingContent.load(from: content.curriculum)
      return "\(onboarding.goals.count) goals, \(onboarding.interests.count) interests"
    }
    check.examine("achievements and topics") {
      let interests = try OnboardingContent.load(from: content.curriculum).interests.map(\.id)
      let learning = try LearningContent.load(from: content.curriculum, interests: Set(interests))
      return "\(learning.achievements.all.count) achievements, \(learning.topics.all.count) topics"
    }
    check.examine("personas") {
      "\(try PersonaLibrary.load(from: content.personas).personas.count)"
    }
    check.examineModelPrompts(content)
    check.examine("practice") {
      let practice = try PracticeContent.load(
        curriculum: content.curriculum, personas: content.personas)
      return "\(practice.readings.items.count) texts to read aloud, "
        + "\(practice.topics.topics.count) subjects"
    }
    // Steps are walked when the content can be read; what cannot has been told already.
    guard check.faults.isEmpty else { return check }
    check.walk(root: root)
    return check
  }

  /// What to print: the faults, or what was found sound.
  package func lines(withSMS: Bool) -> [String] {
    var lines = faults.isEmpty ? counts : faults
    if withSMS {
      lines += costs.map {
        "sms \($0.place): \($0.segments.count) × \($0.segments.encoding.rawValue)"
      }
    }
    let dearest = costs.map(\.segments.count).max() ?? 0
    lines.append(
      "sms: \(costs.count) texts, \(costs.map(\.segments.count).reduce(0, +)) segments in all, "
        + "at most \(dearest) for one (--sms lists them)")
    lines.append(faults.isEmpty ? "No faults." : "\(faults.count) faults.")
    return lines
  }

  /// Everything that can be said, against what each channel can carry.
  private mutating func walk(root: String) {
    do {
      let found = try ChannelRehearsal.faults(root: root)
      faults += found.faults
      counts.append("steps: \(found.count)")
    } catch {
      faults.append("steps: \(error)")
    }
  }

  private mutating func examine(_ what: String, _ body: () throws -> String) {
    examine(what) { ([], try body()) }
  }

  mutating func examine(_ what: String, _ body: () throws -> ([PhraseFault], String)) {
    do {
      let (found, count) = try body()
      faults += found.map(\.description)
      counts.append("\(what): \(count)")
    } catch let error as ContentFaults {
      faults += error.all.map(\.description)
    } catch let fault as PhraseFault {
      faults.append(fault.description)
    } catch {
      faults.append("\(what): \(error)")
    }
  }

  private mutating func examine(_ catalogues: [PhraseCatalogue]) {
    let check = PhraseCheck(
      catalogues: catalogues, phrases: Product.phrases, channels: Product.capabilities)
    faults += check.faults.map(\.description)
    costs = check.costs
  }
}
