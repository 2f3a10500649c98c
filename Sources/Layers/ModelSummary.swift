import DitherTensors
import Synchronization

/// What a network is made of: a row for each layer, with its output's shape, its parameters and its noise. Its description is a
/// table.
///
/// ```swift
/// let model = Sequential(seed: 7) {
///   Linear(inputs: 64, outputs: 32).noise(.dropout(rate: 0.2), on: .input)
///   ReLU()
///   Linear(inputs: 32, outputs: 10)
/// }
/// print(model.summary(inputShape: [1, 64]))
/// ```
///
/// prints
///
/// ```text
/// path   layer       output   parameters  noise
///        Sequential  [1, 10]           0
/// 0      Linear      [1, 32]        2080  input: dropout(rate: 0.2)
/// 1      ReLU        [1, 32]           0
/// 2      Linear      [1, 10]         330
/// total                             2410  9640 bytes
/// ```
public struct ModelSummary: Sendable, CustomStringConvertible {
  /// One layer.
  public struct Row: Sendable {
    /// Its path, as in ``Pass/path``; empty for the whole network.
    public var path: String
    /// Its type.
    public var layer: String
    /// The shape of its output; of its first, if it is used more than once. Nil where it cannot be seen: a layer of one's own whose
    /// parent is another of one's own.
    public var outputShape: [Int]?
    /// How many numbers it trains itself, without the layers within it. A parameter that several layers share counts
    /// where it is first met.
    public var parameters: Int
    /// The noise at each of its sites.
    public var noise: [Noise]
  }

  /// Noise at one site.
  public struct Noise: Sendable {
    /// The site's name, such as "input".
    public var site: String
    /// The rule, as it is written.
    public var rule: String
  }

  /// The network itself, then the layers within it in the order of the visit.
  public var rows: [Row]

  /// How many numbers the network trains.
  public var parameters: Int { rows.reduce(0) { $0 + $1.parameters } }
  /// The memory of their values; gradients, and what an optimizer keeps, come on top.
  public var bytes: Int { parameters * MemoryLayout<Float>.stride }

  public var description: String {
    var lines = [["path", "layer", "output", "parameters", "noise"]]
    for row in rows {
      let noise = row.noise.map { "\($0.site): \($0.rule)" }.joined(separator: ", ")
      lines.append([
        row.path, row.layer, row.outputShape.map { "\($0)" } ?? "?", "\(row.parameters)", noise,
      ])
    }
    lines.append(["total", "", "", "\(parameters)", "\(bytes) bytes"])
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max()! }
    return lines.map { cells in
      var line = ""
      for (column, cell) in cells.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        // Numbers stand under each other.
        line += column == 3 ? padding + cell : cell + padding
        line += "  "
      }
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}

extension Layer {
  /// What the network is made of: each layer's path, type, output shape and parameters, and the noise at its sites.
  ///
  /// The shapes are those of an inference pass over zeros. Layers without values get some for that pass; the network stays as
  /// it is.
  ///
  /// - Parameter inputShape: of a batch, the axis of the rows included: `[1, 784]`. One that the network does not take
  ///   stops the program.
  public func summary(inputShape: [Int]) -> ModelSummary {
    let shapes = OutputShapes()
    var pass = Pass.inference
    pass.observer = PassObserver { shapes.note($0) }
    let input = Tensor(zeros: inputShape)
    pass.report(initialized(seed: 0).forward(input, pass).output, of: input)

    var counts: [String: Int] = [:]
    var seen: Set<ObjectIdentifier> = []
    var visitor = LayerVisitor(parameters: { visit in
      if seen.insert(ObjectIdentifier(visit.parameter)).inserted {
        counts[visit.layer, default: 0] += visit.parameter.shape.reduce(1, *)
      }
      return visit.parameter
    })
    var layer = self
    layer.visit(&visitor)
    let rows = ([(path: "", type: "\(Self.self)")] + visitor.layers).map { path, type in
      ModelSummary.Row(
        path: path, layer: type, outputShape: shapes[path], parameters: counts[path] ?? 0,
        noise: visitor.shownNoise.filter { $0.layer == path }
          .map { ModelSummary.Noise(site: $0.site, rule: $0.description) })
    }
    return ModelSummary(rows: rows)
  }
}

/// The shapes of the outputs of layers, by the layers' paths: the first where a layer is used more than once.
private final class OutputShapes: Sendable {
  private let shapes = Mutex<[String: [Int]]>([:])

  subscript(path: String) -> [Int]? { shapes.withLock { $0[path] } }

  func note(_ event: PassObserver.Event) {
    shapes.withLock { shapes in
      if shapes[event.layer] == nil { shapes[event.layer] = event.output.shape }
    }
  }
}
