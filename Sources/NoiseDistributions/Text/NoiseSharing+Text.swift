extension NoiseSharing {
  /// How text writes it, after `shared=`.
  static let forms: [NoiseCatalog.Entry<NoiseSharing>] = [
    .word("perElement", .perElement), .word("perRow", .perRow), .word("perFeature", .perFeature),
    blocksForm,
  ]

  private static let blocksForm = NoiseCatalog.Entry<NoiseSharing>(
    name: "blocks", parameters: ["columns"]
  ) {
    .blocks(of: try $0.integer("columns", in: 1...NoiseStream.maximumColumns))
  } parts: {
    guard case .blocks(let columns) = $0.kind else { return nil }
    return NoiseParts(numbers: [.integer(columns)])
  }

  /// Its text; nil where each element has a draw of its own, as without a text.
  func text() throws(NoiseNotWritableError) -> String? {
    if self == .perElement { return nil }
    return try NoiseCatalog().written(self, in: Self.forms, "sharing")
  }
}
