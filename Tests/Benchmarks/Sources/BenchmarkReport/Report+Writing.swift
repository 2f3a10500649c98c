public import Foundation

extension Report {
  /// Writes the report as a page into a directory: `benchmarks.md`, its plots in `benchmarks/`. Plots there
  /// that it no longer has are removed. The page links to `benchmarks.json` and `benchmarks-run.json` beside
  /// it, which are not written here.
  ///
  /// What a person has to say comes from `benchmarks-notes.json` in the same directory, if it is there (see
  /// ``Notes``).
  ///
  /// - Returns: names in the notes that the report does not have.
  @discardableResult
  public func writePage(to directory: URL) throws -> [String] {
    let files = FileManager.default
    let plotDirectory = directory.appending(path: "benchmarks")
    try files.createDirectory(at: plotDirectory, withIntermediateDirectories: true)
    let notesFile = directory.appending(path: "benchmarks-notes.json")
    let notes =
      files.fileExists(atPath: notesFile.path)
      ? try Notes(json: Data(contentsOf: notesFile)) : Notes()

    try Data(markdown(notes: notes).utf8).write(to: directory.appending(path: "benchmarks.md"))
    let plots = plots
    for old in try files.contentsOfDirectory(at: plotDirectory, includingPropertiesForKeys: nil)
    where old.pathExtension == "svg" && !plots.contains(where: { $0.file == old.lastPathComponent })
    {
      try files.removeItem(at: old)
    }
    for plot in plots {
      try Data(plot.figure.svg().utf8).write(to: plotDirectory.appending(path: plot.file))
    }
    return notes.unknownNames(in: self)
  }

  /// The page, in Markdown.
  public func markdown(notes: Notes = Notes()) -> String {
    Page(report: self, notes: notes, plots: plots).text
  }
}
