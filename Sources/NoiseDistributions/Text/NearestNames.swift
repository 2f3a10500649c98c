/// Names in the order of their distance from one that was written, upper and lower case alike; in alphabetical order at one
/// distance.
package func nearestFirst(_ names: [String], to name: String) -> [String] {
  let distances = names.map { (editDistance($0.lowercased(), name.lowercased()), $0) }
  return distances.sorted { $0 < $1 }.map(\.1)
}

/// How many letters have to be inserted, removed, replaced or swapped with the next (Damerau 1964, each letter once).
func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.utf8.prefix(64)), Array(b.utf8.prefix(64)))
  var (beforeLast, last) = ([Int](), Array(0...b.count))
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var distance = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        distance = min(distance, beforeLast[j - 1] + 1)
      }
      row.append(distance)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
