public import Charts

/// A figure of the report, and the file that it is in.
public struct Plot: Sendable {
  public var group: Group
  /// Within the directory of the plots.
  public var file: String
  public var figure: Figure

  /// From the page.
  var path: String { "benchmarks/\(file)" }
}

extension Report {
  /// A figure or more for each group that is read better as one; none for groups without figures.
  public var plots: [Plot] {
    Group.allCases.flatMap { group -> [Plot] in
      let rows = rows(of: group)
      switch group {
      case .products: return productPlots(rows)
      case .shapes: return shapePlots(rows)
      case .noise: return noisePlots(rows)
      case .draws: return drawPlots(rows)
      case .training: return trainingPlots(rows)
      case .updates: return updatePlots(rows)
      case .files: return filePlots(rows)
      case .robustness: return robustnessPlots(rows)
      case .threads: return threadPlots(rows)
      case .latency: return latencyPlots(rows)
      case .batch: return scalingPlots(rows, .batch, by: "batch", title: "Speed and noise by batch")
      case .width:
        return scalingPlots(rows, .width, by: "inputs", title: "Speed and noise by width")
      case .allocations, .memory: return []
      }
    }
  }
}
