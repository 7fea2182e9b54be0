import Media

/// Everyday sentences of this project, to measure recognition with.
enum TrialSentences {
  /// Thresholds were chosen on these.
  static let chosenOn = [
    "my brother works in a small bank",
    "we usually have dinner at seven",
    "the weather was cold and windy yesterday",
    "could you help me with this exercise",
    "she bought three books and a blue pen",
    "i think this ship is thick",
    "they want to visit their grandmother",
    "there is a long queue outside the shop",
    "he forgot his keys in the kitchen",
    "do you know where the station is",
    "our teacher speaks very slowly and clearly",
    "i would like a cup of tea please",
    "the children are playing in the garden",
    "what time does the next train leave",
    "my sister wants to study medicine",
    "this soup needs a little more salt",
    "we went to the sea last summer",
    "please turn off the lights before you go",
    "he has been learning english for two years",
    "the winter in this village is very hard",
    "i have never seen such a big fish",
    "they are building a new school near the river",
    "can i pay with a credit card",
    "her father drives a white taxi",
    "i am looking for a cheap hotel",
    "nobody told me about the meeting",
    "the doctor said that i should rest",
    "we watched an old film on sunday night",
    "it takes an hour to walk to work",
    "this is the best bread in town",
    "you should write your name here",
    "i lost my phone on the bus",
    "she is taller than her mother",
    "let us meet in front of the museum",
    "the cat is sleeping under the table",
    "i do not understand the second question",
    "he asked me for some good advice",
    "we need to buy rice and chicken",
    "my room is on the third floor",
    "open the window because it is hot in here",
    "i always drink water with my lunch",
    "the plane was late because of the snow",
    "thank you very much for your letter",
    "everyone in the class passed the test",
    "she put the sugar in a wooden box",
    "would you like to sit next to me",
    "there were thirty people at the party",
    "he works with his hands every day",
  ]

  /// Nothing was chosen on these.
  static let heldBack = [
    "the baker opens his shop before sunrise",
    "my uncle grows tomatoes behind the house",
    "please send me the report by friday",
    "they cancelled the match because of heavy rain",
    "i usually take the second bus to college",
    "her little brother is afraid of dogs",
    "we could hear music from the next room",
    "the new manager speaks three languages",
    "he painted the old fence dark green",
    "how much does this jacket cost",
    "she always forgets her umbrella at work",
    "the museum is closed on monday morning",
    "nobody answered when i knocked on the door",
    "you can borrow my bicycle if you want",
    "their plane lands in half an hour",
    "this road goes straight to the village",
    "i finished the whole book in one weekend",
    "the waiter brought us two cold drinks",
    "did you remember to lock the back gate",
    "our neighbours are very quiet people",
    "it is difficult to find a good dentist",
    "he wants to become a famous engineer",
    "the soup smells better than it tastes",
    "we should leave early to avoid the traffic",
    "my grandmother tells wonderful stories",
    "is there a pharmacy near the hotel",
    "the students were waiting for the exam results",
    "she cut her finger with a sharp knife",
    "i would rather stay at home tonight",
    "put the milk back in the fridge please",
    "he drove slowly through the narrow streets",
    "the company sold its old factory last year",
    "can you explain that rule once more",
    "there was nothing interesting in the newspaper",
    "we planted four apple trees in spring",
    "the nurse gave him some medicine for his cough",
    "i am going to call my parents after lunch",
    "these shoes are too small for me",
    "what did the teacher say about the homework",
    "a gentle wind moved the curtains",
    "they live on the top floor of that building",
    "the boy threw a stone into the lake",
    "she has just started a course in cooking",
    "most people enjoy sunny weather",
    "he sat down and opened a large map",
    "my phone does not work in the mountains",
    "the train stopped for ten minutes outside the city",
    "would you mind closing the window",
  ]

  /// Read as it should be, and as somebody might who has neither the first nor the short vowel.
  static let target = "I think this ship is thick"
  static let mispronounced = "I sink this sheep is sick"
  /// By the place of the word in the target.
  static let faults = [1: "TH>S", 3: "IH>IY", 5: "TH>S"]

  /// A word of these sentences that is none of the given ones, each as likely as the other.
  static func word(
    otherThan words: [String], _ chance: inout SeededGenerator
  ) -> String {
    let others = Set((chosenOn + heldBack).flatMap { $0.split(separator: " ").map(String.init) })
      .filter { $0.count > 2 && !words.contains($0) }.sorted()
    return others.randomElement(using: &chance) ?? "window"
  }

  /// What somebody says who repeats a word, thinks aloud, or puts in a word, by its name.
  static func withMore(
    _ sentence: String, _ chance: inout SeededGenerator
  ) -> [(what: String, said: String)] {
    let words = sentence.split(separator: " ").map(String.init)
    let place = Int.random(in: 0..<words.count, using: &chance)
    let other = word(otherThan: [words[place]], &chance)
    let more = [("repeated word", words[place]), ("um", "um"), ("inserted word", other)]
    return more.map { what, word in
      (what, (words[..<place] + [word] + words[place...]).joined(separator: " "))
    }
  }
}
