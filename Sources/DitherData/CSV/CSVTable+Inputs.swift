import DitherTensors

extension CSVTable {
  /// For each feature column its categories; nil of one of numbers.
  private var categories: [[String]?] {
    var categories: [[String]?] = []
    for role in roles {
      switch role {
      case .number: categories.append(nil)
      case .category(let category): categories.append(category.names)
      case .label: break
      }
    }
    return categories
  }

  /// A row for each record, a column for each number and each category.
  var inputs: Tensor {
    let categories = categories
    let read = Tensor(features, shape: [count, categories.count])
    if categories.allSatisfy({ $0 == nil }) { return read }
    let columns = categories.reduce(0) { $0 + ($1?.count ?? 1) }
    return read.withSpan { source in
      Tensor(uninitialized: [count, columns]) { target in
        var (from, to) = (0, 0)
        for _ in 0..<count {
          for names in categories {
            if let names {
              for category in names.indices {
                target[to + category] = Float(category) == source[from] ? 1 : 0
              }
            } else {
              target[to] = source[from]
            }
            from += 1
            to += names?.count ?? 1
          }
        }
      }
    }
  }

  /// The names of the inputs' columns, `column=category` of a category's; none without a header.
  var featureNames: [String] {
    if header.isEmpty { return [] }
    var names: [String] = []
    for (column, role) in roles.enumerated() {
      switch role {
      case .number: names.append(header[column])
      case .category(let categories):
        names += categories.names.map { "\(header[column])=\($0)" }
      case .label: break
      }
    }
    return names
  }
}
