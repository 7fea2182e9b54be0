import Conversation
import Foundation
import Language

/// Finds the time zone somebody means.
enum ZoneText {
  /// Farther from every city we know, the longitude alone says more.
  private static let nearDegrees = 8.0

  /// A city, a country on one clock, an IANA name, `UTC+3:30`.
  static func zone(named text: String) -> String? {
    let word = TypedAnswer.normalise(text)
    return byName[word] ?? offset(word)
  }

  /// The zone of the nearest city we know.
  static func zone(latitude: Double, longitude: Double) -> String? {
    guard abs(latitude) <= 90, abs(longitude) <= 180 else { return nil }
    func distance(_ city: City) -> Double {
      let apart = abs(city.longitude - longitude)
      let east = min(apart, 360 - apart) * cos(latitude * .pi / 180)
      return (pow(city.latitude - latitude, 2) + pow(east, 2)).squareRoot()
    }
    let nearest = City.all.min { distance($0) < distance($1) }
    if let nearest, distance(nearest) <= nearDegrees { return nearest.zone }
    let hours = Int((longitude / 15).rounded())
    return fixed(minutes: hours * 60)
  }

  private static let byName: [String: String] = {
    var zones: [String: String] = [:]
    for identifier in TimeZone.knownTimeZoneIdentifiers {
      let plain = identifier.split(separator: "_").joined(separator: " ")
      zones[TypedAnswer.normalise(identifier)] = identifier
      zones[TypedAnswer.normalise(plain)] = identifier
      if let city = plain.split(separator: "/").last {
        zones[TypedAnswer.normalise(String(city))] = identifier
      }
    }
    for city in City.all {
      zones[TypedAnswer.normalise(city.zone)] = city.zone
      let names = city.names.languages.map { city.names[$0] }
      for name in names + city.aliases { zones[TypedAnswer.normalise(name)] = city.zone }
    }
    return zones
  }()

  private static func offset(_ word: String) -> String? {
    let name = ["utc", "gmt"].first { word.hasPrefix($0) }
    let rest = word.dropFirst(name?.count ?? 0).filter { $0 != " " }
    guard let sign = rest.first, sign == "+" || sign == "-" else { return nil }
    let parts = rest.dropFirst().split(separator: ":").map { Int($0) }
    guard (1...2).contains(parts.count), let hours = parts[0], (0...14).contains(hours) else {
      return nil
    }
    guard let minutes = parts.count == 2 ? parts[1] : 0, (0...59).contains(minutes) else {
      return nil
    }
    return fixed(minutes: (sign == "-" ? -1 : 1) * (hours * 60 + minutes))
  }

  private static func fixed(minutes: Int) -> String? {
    let hour = String(100 + abs(minutes) / 60).dropFirst()
    let minute = String(100 + abs(minutes) % 60).dropFirst()
    let zone = "GMT\(minutes < 0 ? "-" : "+")\(hour)\(minute)"
    return LocalTime.isKnown(zone: zone) ? zone : nil
  }
}
