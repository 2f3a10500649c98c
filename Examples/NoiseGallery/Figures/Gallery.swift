import AcousticNoise
import DitherCharts
package import Foundation
import NoiseDistributions

/// The page and its pictures.
package enum Gallery {
  /// Draws in a histogram.
  static let draws = (rows: 200, columns: 1000)

  /// A file of the gallery.
  package struct File: Sendable {
    /// From the folder of the page.
    package var path: String
    package var text: String
  }

  /// The page first, then two pictures of each distribution, then the rules'.
  ///
  /// - Throws: if the digits cannot be read.
  package static func files() throws -> [File] {
    let image = try DigitImage()
    var files = [File(path: "gallery.md", text: page)]
    for exhibit in Exhibit.all {
      let plot = exhibit.plot()
      let sheet = DigitSheet(exhibit, image: image).sheet
      files.append(File(path: exhibit.plotPath, text: plot.figure(title: exhibit.title).svg()))
      files.append(File(path: exhibit.digitPath, text: sheet.svg()))
    }
    files.append(File(path: rulesPath, text: DigitSheet.rules(image: image).sheet.svg()))
    return files
  }

  /// Writes `gallery.md` and the folder `gallery`, which are made anew.
  ///
  /// - Parameter directory: is made if it is not there.
  /// - Returns: how many files were written.
  package static func write(to directory: URL) throws -> Int {
    let files = try files()
    let pictures = directory.appending(path: "gallery", directoryHint: .isDirectory)
    if FileManager.default.fileExists(atPath: pictures.path) {
      try FileManager.default.removeItem(at: pictures)
    }
    try FileManager.default.createDirectory(at: pictures, withIntermediateDirectories: true)
    for file in files {
      try Data(file.text.utf8).write(to: directory.appending(path: file.path))
    }
    return files.count
  }

  static let rulesPath = "gallery/rules.svg"
}

extension Exhibit {
  /// The numbers of a plot, of one of three kinds.
  package enum Plot: Sendable {
    case density(DensityPlot)
    case masses(MassPlot)
    case spectrum(SpectrumPlot)

    func figure(title: String) -> Figure {
      switch self {
      case .density(let plot): plot.figure(title: title)
      case .masses(let plot): plot.figure(title: title)
      case .spectrum(let plot): plot.figure(title: title)
      }
    }
  }

  /// Draws from the distribution, and counts.
  package func plot() -> Plot {
    let site = "gallery.\(name)"
    let stream = NoiseStream(seed: 1)
    if case .spectrum = view, let noise = distribution as? ColoredNoise {
      return .spectrum(SpectrumPlot(noise, stream: stream, site: site))
    }
    guard let distribution = distribution as? any CumulativeDistribution else {
      fatalError("Exhibit: \(distribution) has no cumulative probability; expected one")
    }
    let draws = stream.draws(
      from: distribution, site: site, rows: Gallery.draws.rows, columns: Gallery.draws.columns)
    switch view {
    case .density(let range, let bins):
      return .density(DensityPlot(draws, of: distribution, over: range, bins: bins))
    case .masses(let values):
      return .masses(MassPlot(draws, of: distribution, at: values))
    case .spectrum:
      fatalError("Exhibit: \(distribution) is shown as a spectrum; expected ColoredNoise")
    }
  }

  var plotPath: String { "gallery/\(name).svg" }
  var digitPath: String { "gallery/\(name)-digit.svg" }
}
