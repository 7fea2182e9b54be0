/// The phrases themselves, written by us; apostrophes are left out, as `PatternWords` does. English
/// as learners write it, and Persian without half-spaces, in written and spoken form.
extension SafetyPhrases {
  private static let kin =
    "husband|wife|father|dad|mother|mom|mum|brother|boyfriend|girlfriend|boss|teacher|uncle|"
    + "cousin|stepfather|stepmother|ex|partner|parents|family"
  private static let blows =
    "hits|hit|beats|beat|abuses|abused|hurts|kicks|rapes|raped|molests|molested|slaps|strangled|"
    + "chokes"
  private static let persianKin =
    "شوهرم|همسرم|پدرم|بابام|مادرم|مامانم|برادرم|داداشم|عمویم|عموم|داییم|ناپدریم|معلمم|رئیسم"
  private static let children =
    "child|children|kid|kids|minor|minors|underage|schoolgirl|schoolboy|schoolgirls"
  private static let places =
    "in|with|here|there|at|near|abroad|like|alone|on|far|next|my|a|the|where|as|under|by|close"

  static let selfHarm = SafetyPhrases(
    .selfHarm,
    [
      "i want|wanna|wish|like|hope|prefer to? die", "wanna die", "i just|really want to die",
      "i wish i was|were dead", "i wish i had never been born", "i should be dead",
      "kill|killing myself", "end|ending|take|taking my own? life", "ending it all",
      "end it all tonight|now|today",
      "want|wanna|going|gonna|need|like|love|plan|urge|urges to? hurt|harm|cut myself",
      "hurting|harming|cutting|starving myself", "cut|hurt|harm|burned myself on purpose",
      "i cut|harm myself again", "i harm|harmed myself", "i self harm",
      "i am|im|feel|feeling|been suicidal", "suicidal thoughts", "thinking about|of suicide",
      "i * commit|committing suicide", "i * attempt|attempted suicide",
      "i do? not|dont want to live anymore|any|longer",
      "i do? not|dont want to be alive|here anymore", "i do? not|dont want to live",
      "i cant|cannot live anymore", "no reason to live", "nothing to live for",
      "tired of living|life|being", "better off dead", "better off without me",
      "nobody|noone would|will miss me", "i took|take all my|the pills",
      "i * overdose|overdosed",
      // Persian
      "خودم را|رو بکشم", "خودمو|خودمُ بکشم", "خودم را|رو میکشم", "خودمو میکشم",
      "خودکشی کنم|میکنم|کردم",
      "به|فکر خودکشی", "قصد خودکشی", "میخواهم|میخوام بمیرم", "دوست دارم بمیرم",
      "دلم میخواهد|میخواد بمیرم",
      "کاش میمردم|بمیرم|مرده", "ای? کاش به دنیا نمیآمدم|نمیومدم",
      "نمیخواهم|نمیخوام زنده باشم|بمانم|بمونم", "دیگر|دیگه نمیخواهم|نمیخوام زندگی کنم",
      "از زندگی خسته|سیر شدم|شدهام|شده", "به خودم آسیب|صدمه", "رگم|رگمو را? بزنم",
      "به زندگیم|زندگیام پایان", "زندگی برایم|برام معنی|معنایی ندارد|نداره",
    ],
    except: [
      "die laughing|happy|rich|old|peacefully|standing",
      "die of|from laughter|laughing|embarrassment|boredom|shame|hunger|thirst",
      "die for", "die to see|know|hear|try|meet", "dying to|for",
      "live anymore? \(places)", "i do? not|dont want to live \(places)",
      "tired of living in|with|here|there|at|alone|abroad|like|on", "tired of life in|at|here",
      "tired of being late|alone|busy|sick|poor|a|an|the|in|at|asked|told|here|so|treated|tired",
      "be here anymore because|so", "suicide squad|bomber|prevention",
      "killing myself laughing", "از خنده بمیرم|میمیرم", "بمیرم برات|برایت|واسه|برای|از",
    ])

  static let minors = SafetyPhrases(
    .minors,
    [
      "sex|sexual|sexy|nude|nudes|naked|porn * about|with|of|from * \(children)",
      "child|kid|kiddie|underage|minor porn|porno|nudes|sex",
      "sex|sexual * little|young|small girl|boy|girls|boys",
      "teen|schoolgirl|loli|lolita porn|sex|nudes",
      "i am|im * years old * sex|nudes|naked", "سکس با بچه|کودک|نوجوان|دختربچه|پسربچه",
      "عکس لخت|برهنه|لختی * بچه|کودک|نوجوان", "پورن بچه|کودک|کودکان",
    ],
    except: ["sexual abuse|education|health of|for", "sex education for|of * children|kids"])

  static let abuse = SafetyPhrases(
    .abuse,
    [
      "my \(kin) \(blows) me", "my \(kin) touches|touched me",
      "he|she|they|somebody|someone rapes|raped|molested|abuses|abused|molests me",
      "i am|was|im|have|ive been? being? abused|raped|molested|assaulted",
      "he|she|someone|somebody is? hitting|beating|hurting|abusing me",
      "afraid|scared|terrified of my husband|father|boyfriend|stepfather|partner|uncle",
      "sexually abused|assaulted|harassed me", "he|she threatens|threatened to kill me",
      "\(persianKin) کتکم|کتک میزند|میزنه|زد|میزنند", "\(persianKin) مرا|منو|من میزند|میزنه|زد",
      "به من تجاوز", "بهم تجاوز", "آزارم میدهد|میده|میدهند|میدن", "آزار جنسی * من|دیدم|میبینم",
      "مورد تجاوز|آزار قرار گرفتم|گرفتهام", "کتک میخورم",
    ],
    except: [
      "hit|hits|beat|beats me at|in|by|to|with",
      "touched|touches me deeply|with|very|so|a",
      "hurts|hurt me to see", "abused * word|words",
    ])

  static let sexual = SafetyPhrases(
    .sexual,
    [
      "have|want|do sex with me|you", "send|show me? your? nudes|nude|naked", "sexting",
      "sex chat|talk",
      "dirty talk", "talk dirty", "porn|porno|pornhub|xnxx|xvideos", "you naked",
      "take off your clothes",
      "i am|im so? horny", "roleplay * sex|sexual|sexy", "سکس چت", "چت سکسی", "حرف سکسی",
      "عکس لختی", "فیلم سوپر", "پورن",
    ],
    except: ["porn|pornography addiction|is|are|should|industry"])
}
