import NoiseDistributions

/// Where a matrix of draws lies, by how its address differs from the sample's.
struct Place: Sendable {
  /// What follows "draws" in a message.
  let name: String
  var site = "sample"
  var slot = 0
  var stream: @Sendable (NoiseStream) -> NoiseStream = { $0 }

  /// The sample's own.
  static let sample = Place(name: "")

  /// Places next to the sample's, and what a draw here and one there are called together.
  static let neighbours: [(pairs: String, place: Place)] = [
    ("neighbouring steps", Place(name: "at the next step") { $0.at(step: $0.step + 1) }),
    ("neighbouring seeds", Place(name: "of the next seed") { NoiseStream(seed: $0.seed &+ 1) }),
    ("two domains", Place(name: "in the domain sampling") { $0.in(.sampling) }),
    ("two sites", Place(name: "at the site sampled", site: "sampled")),
    ("two slots", Place(name: "in slot 1", slot: 1)),
  ]

  /// Places all over, each of which differs from the sample's in one part of its address.
  static let elsewhere: [Place] = {
    var places: [Place] = []
    for step in [2, 3, 4, 5, 10, 100, 65_537, 1 << 40] {
      places.append(Place(name: "at step \(step)") { $0.at(step: step) })
    }
    for domain: NoiseDomain in [.initialization, .shuffling, .optimizer, .evaluation] {
      places.append(Place(name: "in the domain \(domain)") { $0.in(domain) })
    }
    places.append(Place(name: "of the seed less 2") { NoiseStream(seed: $0.seed &- 2) })
    places.append(Place(name: "of a far seed") { NoiseStream(seed: ~$0.seed) })
    for site in ["0.input", "1.weight", "encoder.12.attention.output"] {
      places.append(Place(name: "at the site \(site)", site: site))
    }
    for slot in [2, 3, 1000] {
      places.append(Place(name: "in slot \(slot)", slot: slot))
    }
    for row in [100_000, 3_000_000_000] {
      places.append(Place(name: "from row \(row) on") { $0.rows(from: row) })
    }
    return places
  }()
}
