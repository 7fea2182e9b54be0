/// The Penn Treebank's parts of speech, in the alphabetical order that decides between equals.
enum Tag: String, CaseIterable {
  case dollar = "$"
  case closingQuote = "''"
  case comma = ","
  case leftBracket = "-LRB-"
  case rightBracket = "-RRB-"
  case stop = "."
  case colon = ":"
  case add = "ADD"
  case afx = "AFX"
  case cc = "CC"
  case cd = "CD"
  case dt = "DT"
  case ex = "EX"
  case fw = "FW"
  case gw = "GW"
  case hyph = "HYPH"
  case `in` = "IN"
  case jj = "JJ"
  case jjr = "JJR"
  case jjs = "JJS"
  case ls = "LS"
  case md = "MD"
  case nfp = "NFP"
  case nn = "NN"
  case nnp = "NNP"
  case nnps = "NNPS"
  case nns = "NNS"
  case pdt = "PDT"
  case pos = "POS"
  case prp = "PRP"
  case prpPossessive = "PRP$"
  case rb = "RB"
  case rbr = "RBR"
  case rbs = "RBS"
  case rp = "RP"
  case sym = "SYM"
  case to = "TO"
  case uh = "UH"
  case vb = "VB"
  case vbd = "VBD"
  case vbg = "VBG"
  case vbn = "VBN"
  case vbp = "VBP"
  case vbz = "VBZ"
  case wdt = "WDT"
  case wp = "WP"
  case wpPossessive = "WP$"
  case wrb = "WRB"
  case xx = "XX"
  case openingQuote = "``"

  var isNoun: Bool { self == .nn || self == .nns || isName }
  var isName: Bool { self == .nnp || self == .nnps }
  var isVerb: Bool {
    switch self {
    case .vb, .vbd, .vbg, .vbn, .vbp, .vbz: true
    case _: false
    }
  }
  var isFiniteVerb: Bool { self == .vbd || self == .vbp || self == .vbz || self == .md }
  var isAdjective: Bool { self == .jj || self == .jjr || self == .jjs }
  var isAdverb: Bool { self == .rb || self == .rbr || self == .rbs }
}
