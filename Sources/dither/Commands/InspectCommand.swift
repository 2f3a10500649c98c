import ArgumentParser
import DitherData
import DitherTensors
import DitherTraining
import Foundation

/// `dither inspect`: what is in a run, a model, a file of weights, or data.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what is in a run, a model, a safetensors file or data.",
    usage: "dither inspect <path> [options]",
    discussion: """
      EXAMPLES
        dither inspect runs/iris
        dither inspect runs/iris/model.json
        dither inspect runs/iris/checkpoints/latest.safetensors
        dither inspect iris.csv --header --label-column species
        dither inspect train-images --labels train-labels
        dither inspect recordings
      """)

  @Argument(
    help:
      "The folder of a run or of classes; a model in JSON; a safetensors, CSV, IDX, NPY or WAV file.",
    completion: .file())
  var path: String

  @Option(
    help: ArgumentHelp("The labels of an IDX or NPY file.", valueName: "file"), completion: .file())
  var labels: String?

  @OptionGroup var table: TableOptions

  func run() throws {
    try StandardStreams.print(try report + "\n")
  }

  private var report: String {
    get throws {
      if path == DataLocation.nameOfDigits { return try dataReport(.digits) }
      if isFolder(path) {
        let folder = RunFolder(path: path)
        // One that has lost its configuration is still no folder of classes.
        let isRun = folder.exists || FileManager.default.fileExists(atPath: folder.preprocessing)
        return try isRun ? RunReport(path).text : dataReport(.folder(path))
      }
      let pathExtension = URL(fileURLWithPath: path).pathExtension.lowercased()
      switch (pathExtension, try firstByte) {
      case ("safetensors", _): return try SafetensorsReport(path).text
      case ("json", _): return try ModelReport(LayerDescription(contentsOf: path), path).text
      case ("wav", _): return try recordingReport()
      case (_, 0x93), (_, 0):
        if let labels { return try dataReport(.pair(inputs: path, labels: labels)) }
        return DataReport.text(path, try Tensor(contentsOf: path))
      default: return try dataReport(.table(path))
      }
    }
  }

  private func dataReport(_ location: DataLocation) throws -> String {
    var format = DataFormat()
    format.override(
      by: DataSettings(header: table.header, labelColumn: table.labelColumn))
    return DataReport(try format.labelledData(at: location)).text
  }

  private func recordingReport() throws -> String {
    let recording = try Recording(contentsOf: path)
    let seconds = Double(recording.count) / Double(recording.sampleRate)
    return Table(
      rows: [
        ["recording", path], ["sampling rate", "\(recording.sampleRate) Hz"],
        ["channels", "\(recording.channels)"],
        ["samples", "\(recording.count), \(String(format: "%.3f", seconds)) s"],
        ["range", DataReport.range(of: recording.samples)],
      ], words: [1]
    ).text
  }

  /// What the file begins with; nil where it is empty.
  private var firstByte: UInt8? {
    get throws(DataError) { try DataFile.beginning(of: path, bytes: 1).first }
  }
}
