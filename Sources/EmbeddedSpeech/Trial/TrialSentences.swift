/// Everyday sentences of this project, to measure recognition with.
enum TrialSentences {
  static let all = [
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

  /// Read as it should be, and as somebody might who has neither the first nor the short vowel.
  static let target = "I think this ship is thick"
  static let mispronounced = "I sink this sheep is sick"
  /// By the place of the word in the target.
  static let faults = [1: "TH>S", 3: "IH>IY", 5: "TH>S"]
}
