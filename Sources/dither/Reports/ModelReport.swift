import DitherTraining
import Layers

/// The layers of a described model.
struct ModelReport {
  private let summary: ModelSummary

  /// - Throws: `InputError` for a description that no model can be made of.
  init(_ description: LayerDescription, _ name: String) throws(InputError) {
    let shape = ModelShape(description)
    // Made once, and once more with first values.
    let layer = try makeLayer(description, shape, name, copies: 2)
    summary = layer.summary(inputShape: [1, shape.inputs ?? 1])
  }

  /// The layers, and below them the noise at each site.
  var text: String {
    let layers = summary.rows.map { row in
      [
        row.path, row.layer, row.outputShape.map { "\($0)" } ?? "?", "\(row.parameters)",
      ]
    }
    let total = ["total", "", "", "\(summary.parameters)"]
    let table = Table(
      header: ["path", "layer", "output", "parameters"], rows: layers + [total], words: [1, 2]
    ).text
    let noise = summary.rows.flatMap { row in
      row.noise.map { noise in
        [row.path.isEmpty ? noise.site : "\(row.path).\(noise.site)", noise.rule]
      }
    }
    if noise.isEmpty { return table }
    return table + "\n\n" + Table(header: ["noise at", "rule"], rows: noise, words: [1]).text
  }
}
