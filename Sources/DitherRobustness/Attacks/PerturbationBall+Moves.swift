import DitherRuntime
import DitherTensors
import NoiseDistributions

// Moves of the rows of a matrix, each row a sample, on the calling thread: sums are in double precision in the order of
// the columns.
extension PerturbationBall {
  /// Stops at a sample out of the range of the data.
  func requireInRange(_ matrix: Tensor, _ operation: String) {
    guard let range else { return }
    let columns = matrix.shape[1]
    let place = matrix.withSpan { span in span.indices.first { !range.contains(span[$0]) } }
    guard let place else { return }
    misuse(
      "\(operation): the input of row \(place / columns), column \(place % columns) is \(matrix.withSpan { $0[place] }); expected one within \(range.lowerBound)…\(range.upperBound), the range of the ball"
    )
  }

  /// Each row, a step of a length in the norm further in the direction that raises a function of that gradient most:
  /// x + α·sign(g) for L∞, x + α·g / ‖g‖ for L2. Where the gradient is 0 or not a number nothing moves.
  func step(_ matrix: Tensor, along gradient: Tensor, length: Float) -> Tensor {
    moved(matrix, gradient) { target, gradient, row in
      switch norm {
      case .maximum:
        for index in row where gradient[index] != 0 {
          target[index] += gradient[index] > 0 ? length : gradient[index] < 0 ? -length : 0
        }
      case .euclidean:
        var squares = 0.0
        for index in row { squares += Double(gradient[index]) * Double(gradient[index]) }
        guard squares > 0, squares.isFinite else { return }
        let factor = Double(length) / squares.squareRoot()
        for index in row {
          target[index] = Float(Double(target[index]) + factor * Double(gradient[index]))
        }
      }
    }
  }

  /// Each row, moved to the nearest place that is within the radius of its centre, and in the range.
  ///
  /// Both hold exactly, of the numbers as they are stored: what is rounded is rounded towards the centre. The L2 ball's radius is taken
  /// (columns + 8) · 2⁻⁵² of itself smaller for that.
  func project(_ matrix: Tensor, around centre: Tensor) -> Tensor {
    let columns = matrix.shape[1]
    let allowed = Double(radius) * (1 - Double(columns + 8) * 0x1p-52)
    let (low, high) = (range?.lowerBound ?? -.infinity, range?.upperBound ?? .infinity)
    return moved(matrix, centre) { target, centre, row in
      switch norm {
      case .maximum:
        for index in row {
          let least = sumRoundedInwards(centre[index], -radius)
          let greatest = sumRoundedInwards(centre[index], radius)
          target[index] = min(max(target[index], least), greatest)
        }
      case .euclidean:
        var squares = 0.0
        for index in row {
          let offset = Double(target[index]) - Double(centre[index])
          squares += offset * offset
        }
        let length = squares.squareRoot()
        if length > allowed {
          let factor = allowed / length
          for index in row {
            let from = Double(centre[index])
            let offset = (Double(target[index]) - from) * factor
            var value = Float(from + offset)
            if abs(Double(value) - from) > abs(offset) {
              value = offset > 0 ? value.nextDown : value.nextUp
            }
            target[index] = value
          }
        }
      }
      for index in row { target[index] = min(max(target[index], low), high) }
    }
  }

  /// A random place in the ball for each row: uniform in the cube of L∞, or in the ball of L2, before it is cut to the range.
  ///
  /// - Parameters:
  ///   - noise: at the number of the place and the first row of the samples.
  ///   - site: of the draws.
  func randomPlace(around centre: Tensor, _ noise: NoiseStream, site: String) -> Tensor {
    let (rows, columns) = (centre.shape[0], centre.shape[1])
    switch norm {
    case .maximum:
      let draws = noise.evaluationDraws(
        from: Uniform(low: -1, high: 1), site: site, rows: rows, columns: columns)
      return project(centre + draws * radius, around: centre)
    case .euclidean:
      // A Gaussian direction; the share of the volume within a radius is its power of the number of columns.
      let surface = randomPlaceOnSurface(around: centre, noise, site: site) - centre
      let shares = noise.evaluationDraws(
        from: Uniform(low: 0, high: 1), site: site + ".radius", rows: rows, columns: 1)
      return project(centre + surface * shares.raised(to: 1 / Float(columns)), around: centre)
    }
  }

  /// A random place on the ball's surface for each row: a corner of the cube of L∞, or uniform on the sphere of L2, before it is cut
  /// to the range.
  func randomPlaceOnSurface(around centre: Tensor, _ noise: NoiseStream, site: String) -> Tensor {
    let directions = noise.evaluationDraws(
      from: Gaussian(standardDeviation: 1), site: site, rows: centre.shape[0],
      columns: centre.shape[1])
    return project(step(centre, along: directions, length: radius), around: centre)
  }

  /// A copy of a matrix that `move` has changed row by row, with another at hand.
  private func moved(
    _ matrix: Tensor, _ other: Tensor,
    _ move: (_ target: inout MutableSpan<Float>, _ other: Span<Float>, _ row: Range<Int>) -> Void
  ) -> Tensor {
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    var result = matrix
    other.withSpan { other in
      result.withMutableSpan { target in
        for row in 0..<rows { move(&target, other, row * columns..<(row + 1) * columns) }
      }
    }
    return result
  }
}

/// centre + offset, rounded towards the centre where it must be rounded: never further away than |offset|.
private func sumRoundedInwards(_ centre: Float, _ offset: Float) -> Float {
  let sum = centre + offset
  // What rounding took away, exactly (Knuth's two-sum).
  let part = sum - centre
  let rest = (centre - (sum - part)) + (offset - part)
  if offset > 0 && rest < 0 { return sum.nextDown }
  if offset < 0 && rest > 0 { return sum.nextUp }
  return sum
}
