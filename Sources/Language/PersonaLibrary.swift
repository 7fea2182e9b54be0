package import Foundation

/// Every voice the tutor can take on, read from `Personas/` at start.
package struct PersonaLibrary: Sendable {
  /// The one a learner meets unless another is chosen.
  package static let standardID = "patient-teacher"

  package let personas: [Persona]

  /// - Throws: `ContentFaults` with everything that is wrong with any of the files.
  package init(_ files: [ContentFolder.File]) throws(ContentFaults) {
    var (personas, faults) = ContentFolder.read(files) { file throws(ContentFaults) in
      try Persona(file)
    }
    if faults.isEmpty, !personas.contains(where: { $0.id == Self.standardID }) {
      faults.append(
        ContentFault(file: "Personas", line: 1, problem: "\(Self.standardID) is missing"))
    }
    guard faults.isEmpty else { throw ContentFaults(faults) }
    self.personas = personas
  }

  package static func load(from folder: URL) throws -> PersonaLibrary {
    try PersonaLibrary(ContentFolder.files(in: folder))
  }

  package var standard: Persona {
    guard let persona = self[Self.standardID] else {
      preconditionFailure("a library holds the standard persona")
    }
    return persona
  }

  package subscript(id: String) -> Persona? { personas.first { $0.id == id } }
}
