import Storage

extension Streak {
  /// The streak of one person who was taken for several: counted again, by the rules, over every
  /// day on which any of them was active; the freezes are the most that one of them had. Nobody's
  /// running streak becomes shorter by it.
  static func joined(_ streaks: [Streak], activeDays: Set<Int>) -> Streak {
    guard let newest = streaks.filter({ $0.lastAt != nil }).max(by: isEarlier) else {
      return Streak(freezes: streaks.map(\.freezes).max() ?? 0)
    }
    var joined = counted(over: activeDays.union(streaks.compactMap(\.lastDay)).sorted())
    for streak in streaks {
      joined.days = max(joined.days, streak.reach(joined.lastDay))
      joined.longest = max(joined.longest, streak.longest)
    }
    joined.longest = max(joined.longest, joined.days)
    joined.freezes = streaks.map(\.freezes).max() ?? 0
    joined.lastAt = newest.lastAt
    joined.lastZone = newest.lastZone
    return joined
  }

  private static func counted(over days: [Int]) -> Streak {
    var streak = Streak()
    for day in days {
      let missed = streak.lastDay.map { day - $0 - 1 } ?? 0
      if missed > streak.freezes {
        streak.days = 0
      } else {
        streak.freezes -= missed
      }
      streak.days += 1
      streak.longest = max(streak.longest, streak.days)
      streak.lastDay = day
      if streak.days % daysPerFreeze == 0 {
        streak.freezes = min(streak.freezes + 1, freezesMax)
      }
    }
    return streak
  }

  /// How long this streak is once `day` counts, too; 0 when it has ended before.
  private func reach(_ day: Int?) -> Int {
    guard let day, let lastDay else { return 0 }
    switch day - lastDay {
    case 0: return days
    case 1: return days + 1
    case _: return 0
    }
  }

  private static func isEarlier(_ one: Streak, _ other: Streak) -> Bool {
    (one.lastAt?.milliseconds ?? 0) < (other.lastAt?.milliseconds ?? 0)
  }
}
