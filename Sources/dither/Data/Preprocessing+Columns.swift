import DitherTensors

extension Preprocessing {
  /// Inputs with their columns in the order of the training part's, by their names where both have some.
  ///
  /// - Throws: `InputError` where the names are others.
  func ordered(
    _ inputs: Tensor, _ names: [String], of file: String
  ) throws(InputError) -> Tensor {
    if names.isEmpty || featureNames.isEmpty || names == featureNames { return inputs }
    let known = Set(featureNames)
    if known.count < featureNames.count || known != Set(names) {
      let place =
        names.firstIndex { !known.contains($0) }
        ?? names.indices.first { names[$0] != featureNames[$0] } ?? 0
      throw InputError(
        "\(file): feature \(place + 1) is \"\(names[place])\"; expected \"\(featureNames[place])\", or the features that the run was trained on in another order"
      )
    }
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    let order = featureNames.map { places[$0]! }
    return inputs.withSpan { source in
      Tensor(uninitialized: inputs.shape) { target in
        var (from, to) = (0, 0)
        for _ in 0..<inputs.shape[0] {
          for place in order {
            target[to] = source[from + place]
            to += 1
          }
          from += order.count
        }
      }
    }
  }
}

/// Throws at the first row that holds a number that is infinite or not a number.
///
/// - Parameters:
///   - rows: [rows, columns].
///   - first: the place of the first of them in the data.
func requireFinite(
  _ rows: Tensor, _ what: String, of name: String, from first: Int = 0
) throws(InputError) {
  let place = rows.withSpan { values in
    values.indices.first { !values[$0].isFinite }
  }
  guard let place else { return }
  throw InputError(
    "\(name), row \(first + place / rows.shape[1]): \(what) that are not finite; expected numbers nearer to those of the training rows"
  )
}
