public import DitherTensors

extension Layer {
  /// Every parameter, in the order of the visit, one that is used in several places once.
  public var parameters: [Parameter] { namedParameters.map(\.parameter) }

  /// Every parameter with its full name (`"0.weight"`), in the order of the visit; one that is used in several places
  /// once, under the first of its names.
  public var namedParameters: [(name: String, parameter: Parameter)] {
    var found: [(name: String, parameter: Parameter)] = []
    var seen: Set<ObjectIdentifier> = []
    var visitor = LayerVisitor(parameter: { name, parameter in
      if seen.insert(ObjectIdentifier(parameter)).inserted { found.append((name, parameter)) }
      return parameter
    })
    var layer = self
    layer.visit(&visitor)
    return found
  }

  /// The path of every layer within this one, in the order of the visit.
  var layerPaths: [String] {
    var visitor = LayerVisitor(parameter: { $1 })
    var layer = self
    layer.visit(&visitor)
    return visitor.layers.map(\.path)
  }

  /// The path of the first ``BatchNorm`` within this layer; nil where there is none.
  package var firstBatchNorm: String? {
    var visitor = LayerVisitor(parameter: { $1 })
    var layer = self
    layer.visit(&visitor)
    return visitor.batchNorms.first
  }

  /// A copy that shares nothing with this layer. Parameters and buffers that are one object in several places stay one object.
  public func copy() -> Self {
    replacingParameters { $0.parameter.copy() }
  }

  /// The layer with a first value for each parameter that has none; those that have one are shared with this layer. Buffers are
  /// its own.
  ///
  /// A value is a draw like any other, in the domain of initialization, at step 0, at the site of the parameter's full
  /// name (`"0.weight"`), with the row and column of the element. It depends on nothing else: not on the other layers,
  /// not on the number of threads.
  ///
  /// - Parameter seed: of the draws.
  public func initialized(seed: UInt64) -> Self {
    replacingParameters { visit in
      if visit.parameter.isInitialized { return visit.parameter }
      let parameter = visit.parameter.copy()
      parameter.initialize(seed: seed, path: visit.name)
      return parameter
    }
  }

  /// The layer with each parameter replaced and each buffer copied; what is one object stays one object.
  func replacingParameters(
    _ replace: @escaping (LayerVisitor.Visit) -> Parameter
  ) -> Self {
    var replacements: [ObjectIdentifier: Parameter] = [:]
    var visitor = LayerVisitor(
      parameters: { visit in
        let identifier = ObjectIdentifier(visit.parameter)
        if let replacement = replacements[identifier] { return replacement }
        let replacement = replace(visit)
        replacements[identifier] = replacement
        return replacement
      }, copiesBuffers: true)
    var layer = self
    layer.visit(&visitor)
    return layer
  }
}
