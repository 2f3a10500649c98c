// Draws every distribution, as a histogram over its density, and what it does to a digit: the gallery in docs.
//
//     swift run -c release NoiseGallery docs

import ArgumentParser
import Foundation
import NoiseGalleryFigures

@main
struct NoiseGallery: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "NoiseGallery",
    abstract: "Draw every distribution, and what it does to a digit.",
    discussion:
      "Writes gallery.md and, in a folder gallery beside it, the pictures. What that folder held before is removed."
  )

  @Argument(help: "The folder for the page.", completion: .directory)
  var directory = "docs"

  func run() throws {
    let count = try Gallery.write(to: URL(filePath: directory, directoryHint: .isDirectory))
    print("\(directory)/gallery.md and \(count - 1) pictures")
  }
}
