import Conversation
import Language

/// Cities people are likely to name, with the names a database of time zones does not know.
struct City: Sendable {
  let zone: String
  let names: LocalisedText
  /// Other cities and countries on the same clock, as people write them.
  let aliases: [String]
  let latitude: Double
  let longitude: Double
  let isOffered: Bool

  static let offered = all.filter(\.isOffered)

  /// The zone's city in the person's language.
  static func title(of zone: String, in language: LanguageCode) -> String {
    if let city = all.first(where: { $0.zone == zone }) { return city.names[language] }
    let last = zone.split(separator: "/").last.map(String.init) ?? zone
    return Markup.escape(last.split(separator: "_").joined(separator: " "))
  }

  static let all: [City] = [
    City("Asia/Tehran", "Tehran", "تهران", "طهران", 35.7, 51.4, isOffered: true,
      ["iran", "mashhad", "shiraz", "isfahan", "esfahan", "tabriz", "karaj", "qom", "ahvaz",
        "rasht", "kerman", "yazd", "ایران", "مشهد", "شیراز", "اصفهان", "تبریز", "کرج", "قم",
        "اهواز", "رشت", "کرمان", "یزد", "ارومیه", "کرمانشاه", "همدان", "ساری"]),
    City("Europe/Istanbul", "Istanbul", "استانبول", "إسطنبول", 41.0, 29.0, isOffered: true,
      ["turkey", "ankara", "izmir", "antalya", "ترکیه", "آنکارا", "ازمیر", "آنتالیا"]),
    City("Asia/Dubai", "Dubai", "دبی", "دبي", 25.2, 55.3, isOffered: true,
      ["uae", "emirates", "abu dhabi", "muscat", "امارات", "ابوظبی", "عمان", "مسقط"]),
    City("Europe/Berlin", "Berlin", "برلین", "برلين", 52.5, 13.4, isOffered: true,
      ["germany", "munich", "hamburg", "frankfurt", "cologne", "آلمان", "مونیخ", "هامبورگ",
        "فرانکفورت", "کلن"]),
    City("Europe/London", "London", "لندن", "لندن", 51.5, -0.1, isOffered: true,
      ["uk", "england", "britain", "manchester", "انگلیس", "انگلستان", "بریتانیا", "منچستر"]),
    City("America/Toronto", "Toronto", "تورنتو", "تورونتو", 43.7, -79.4, isOffered: true,
      ["montreal", "ottawa", "مونترال", "اتاوا"]),
    City("America/Los_Angeles", "Los Angeles", "لس‌آنجلس", "لوس أنجلوس", 34.1, -118.2,
      isOffered: true,
      ["san francisco", "seattle", "san diego", "la", "سانفرانسیسکو", "سیاتل"]),
    City("America/New_York", "New York", "نیویورک", "نيويورك", 40.7, -74.0,
      ["boston", "washington", "miami", "بوستون", "واشنگتن"]),
    City("America/Chicago", "Chicago", "شیکاگو", "شيكاغو", 41.9, -87.6,
      ["houston", "dallas", "austin", "هیوستون", "دالاس"]),
    City("America/Vancouver", "Vancouver", "ونکوور", "فانكوفر", 49.3, -123.1, []),
    City("Europe/Paris", "Paris", "پاریس", "باريس", 48.9, 2.4, ["france", "فرانسه"]),
    City("Europe/Vienna", "Vienna", "وین", "فيينا", 48.2, 16.4, ["austria", "اتریش"]),
    City("Europe/Rome", "Rome", "رم", "روما", 41.9, 12.5, ["italy", "milan", "ایتالیا", "میلان"]),
    City("Europe/Madrid", "Madrid", "مادرید", "مدريد", 40.4, -3.7,
      ["spain", "barcelona", "اسپانیا", "بارسلونا"]),
    City("Europe/Amsterdam", "Amsterdam", "آمستردام", "أمستردام", 52.4, 4.9,
      ["netherlands", "holland", "هلند"]),
    City("Europe/Stockholm", "Stockholm", "استکهلم", "ستوكهولم", 59.3, 18.1, ["sweden", "سوئد"]),
    City("Europe/Moscow", "Moscow", "مسکو", "موسكو", 55.8, 37.6, []),
    City("Asia/Yerevan", "Yerevan", "ایروان", "يريفان", 40.2, 44.5, ["armenia", "ارمنستان"]),
    City("Asia/Tbilisi", "Tbilisi", "تفلیس", "تبليسي", 41.7, 44.8, ["georgia", "گرجستان"]),
    City("Asia/Baku", "Baku", "باکو", "باكو", 40.4, 49.9, []),
    City("Asia/Baghdad", "Baghdad", "بغداد", "بغداد", 33.3, 44.4,
      ["iraq", "erbil", "najaf", "karbala", "عراق", "اربیل", "نجف", "کربلا"]),
    City("Asia/Kabul", "Kabul", "کابل", "كابول", 34.5, 69.2,
      ["afghanistan", "herat", "mazar", "افغانستان", "هرات", "مزار شریف"]),
    City("Asia/Dushanbe", "Dushanbe", "دوشنبه", "دوشنبه", 38.6, 68.8, ["tajikistan", "تاجیکستان"]),
    City("Asia/Riyadh", "Riyadh", "ریاض", "الرياض", 24.7, 46.7, ["saudi arabia", "jeddah"]),
    City("Africa/Cairo", "Cairo", "قاهره", "القاهرة", 30.0, 31.2, ["egypt", "مصر"]),
    City("Asia/Qatar", "Doha", "دوحه", "الدوحة", 25.3, 51.5, ["doha", "qatar", "قطر"]),
    City("Asia/Kuwait", "Kuwait", "کویت", "الكويت", 29.4, 48.0, []),
    City("Asia/Kuala_Lumpur", "Kuala Lumpur", "کوالالامپور", "كوالالمبور", 3.1, 101.7,
      ["malaysia", "مالزی"]),
    City("Asia/Kolkata", "Delhi", "دهلی", "دلهي", 28.6, 77.2, ["india", "mumbai", "هند", "بمبئی"]),
    City("Asia/Karachi", "Karachi", "کراچی", "كراتشي", 24.9, 67.0, ["pakistan", "پاکستان"]),
    City("Asia/Shanghai", "Shanghai", "شانگهای", "شنغهاي", 31.2, 121.5,
      ["china", "beijing", "چین", "پکن"]),
    City("Asia/Tokyo", "Tokyo", "توکیو", "طوكيو", 35.7, 139.7, ["japan", "ژاپن"]),
    City("Australia/Sydney", "Sydney", "سیدنی", "سيدني", -33.9, 151.2, []),
    City("Australia/Melbourne", "Melbourne", "ملبورن", "ملبورن", -37.8, 145.0, []),
  ]

  private init(
    _ zone: String, _ english: String, _ persian: String, _ arabic: String, _ latitude: Double,
    _ longitude: Double, isOffered: Bool = false, _ aliases: [String]
  ) {
    self.zone = zone
    names = LocalisedText([.english: english, .persian: persian, .arabic: arabic])
    self.aliases = aliases
    self.latitude = latitude
    self.longitude = longitude
    self.isOffered = isOffered
  }
}
