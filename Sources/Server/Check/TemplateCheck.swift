import Conversation

extension ContentCheck {
  /// Holds the approved templates against what providers ask of them and the languages spoken.
  mutating func examine(_ content: ProductContent.Places, spoken catalogues: [PhraseCatalogue]) {
    examine("templates") {
      let templates = try content.templates()
      let faults = TemplateRules.faults(
        of: templates, languages: catalogues.map(\.language), file: TemplateCatalogue.file)
      return (faults, "\(templates.templates.count)")
    }
  }
}
