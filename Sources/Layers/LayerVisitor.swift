import DitherRuntime
public import DitherTensors
public import NoiseDistributions

/// Goes through a layer by names: what finds, copies, initialises, saves and loads parameters and buffers.
///
/// A layer shows it what it holds in ``Layer/visit(_:)``:
///
/// ```swift
/// struct Centred: Layer {
///   var scale = Parameter(Tensor([1]))
///   var mean = Tensor([0])
///   var inner = Linear(inputs: 1, outputs: 1)
///
///   func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
///     inner.forward(input, pass.child("inner"))
///   }
///
///   mutating func visit(_ visitor: inout LayerVisitor) {
///     visitor.parameter("scale", &scale)
///     visitor.buffer("mean", &mean)
///     visitor.child("inner", &inner)
///   }
/// }
/// ```
public struct LayerVisitor {
  /// One parameter as a layer shows it.
  struct Visit {
    var name: String
    /// The path of the layer that shows it.
    var layer: String
    var parameter: Parameter
    var isLinearWeight: Bool
  }

  /// Where in the network the visited layer is, as in ``Pass/path``; empty at the root.
  public private(set) var path = ""
  /// The layers that have been shown, in their order.
  private(set) var layers: [(path: String, type: String)] = []
  /// The paths of those that cannot be trained on a single row.
  private(set) var batchNorms: [String] = []
  /// The noise that layers have shown, in its order.
  private(set) var shownNoise: [(layer: String, site: String, description: String)] = []

  private let replaceParameter: (Visit) -> Parameter
  private let replaceBuffer: (String, Tensor) -> Tensor
  /// Whether a buffer that is an object gets a copy in its place.
  private let copiesBuffers: Bool
  /// Of each such buffer what has its place now; it is kept, so that no other gets its identity.
  private var shownBuffers: [ObjectIdentifier: (old: Buffer, new: Buffer)] = [:]
  private var names: Set<String> = []

  init(
    parameters replaceParameter: @escaping (Visit) -> Parameter,
    buffers replaceBuffer: @escaping (String, Tensor) -> Tensor = { $1 },
    copiesBuffers: Bool = false
  ) {
    self.replaceParameter = replaceParameter
    self.replaceBuffer = replaceBuffer
    self.copiesBuffers = copiesBuffers
  }

  /// A visitor that puts what the functions return in the place of each parameter and buffer.
  ///
  /// - Parameters:
  ///   - parameter: takes a parameter's full name (`"0.weight"`) and the parameter, returns it or another.
  ///   - buffer: takes a buffer's full name and the buffer, returns it or another. A ``Buffer`` takes it over as its value.
  public init(
    parameter: @escaping (String, Parameter) -> Parameter,
    buffer: @escaping (String, Tensor) -> Tensor = { $1 }
  ) {
    self.init(parameters: { parameter($0.name, $0.parameter) }, buffers: buffer)
  }

  /// Shows a parameter.
  ///
  /// - Parameters:
  ///   - name: its name within the layer, without a point, no other's in the layer.
  ///   - parameter: the parameter; another may take its place.
  public mutating func parameter(_ name: String, _ parameter: inout Parameter) {
    show(name, &parameter, isLinearWeight: false)
  }

  /// Shows a parameter that a layer may do without.
  public mutating func parameter(_ name: String, _ parameter: inout Parameter?) {
    guard var present = parameter else { return }
    show(name, &present, isLinearWeight: false)
    parameter = present
  }

  /// Shows a parameter of one of the layer's noise sites, under the site's name.
  mutating func parameter(_ name: String, ofSite site: String, _ parameter: inout Parameter) {
    let owner = path
    path = owner.isEmpty ? site : "\(owner).\(site)"
    show(name, &parameter, layer: owner, isLinearWeight: false)
    path = owner
  }

  /// Shows a weight that ``Linear`` multiplies with: one that freezing packs.
  mutating func linearWeight(_ name: String, _ parameter: inout Parameter) {
    show(name, &parameter, isLinearWeight: true)
  }

  /// Shows a buffer: a tensor that is saved with the parameters and not trained.
  public mutating func buffer(_ name: String, _ buffer: inout Tensor) {
    buffer = replaceBuffer(register(name), buffer)
  }

  /// Shows a buffer that forward passes change, which is an object. It is given the tensor that the visitor returns, which must
  /// have its shape, so that copies of the layer's struct have it too; only where a layer is copied does another object take its
  /// place. One object in several places stays one, and has what the visitor returns for the first.
  public mutating func buffer(_ name: String, _ buffer: inout Buffer) {
    let full = register(name)
    let value = replaceBuffer(full, buffer.value)
    let shape = buffer.value.shape
    require(
      value.shape == shape,
      "the buffer \"\(full)\" of shape \(shape) is replaced by one of shape \(value.shape); expected its shape"
    )
    let identifier = ObjectIdentifier(buffer)
    if let shown = shownBuffers[identifier] {
      buffer = shown.new
      return
    }
    let old = buffer
    if copiesBuffers {
      buffer = Buffer(value)
    } else if !value.isBitwiseEqual(to: old.value) {
      // Only then: a visit that changes nothing may run beside inference.
      old.value = value
    }
    shownBuffers[identifier] = (old, buffer)
  }

  /// Shows the rules at one of the layer's noise sites, for ``Layer/summary(inputShape:)``.
  ///
  /// - Parameters:
  ///   - site: its name, as in the addresses of draws: "input".
  ///   - rules: in the order in which they apply; none show nothing.
  public mutating func noise(_ site: String, _ rules: [NoiseRule]) {
    for rule in rules { noise(site, description: "\(rule)") }
  }

  /// Shows noise that is no rule.
  mutating func noise(_ site: String, description: String) {
    shownNoise.append((path, site, description))
  }

  /// Shows a layer within the layer, under the name that ``Pass/child(_:occurrence:needsInputGradient:)`` has for it.
  public mutating func child<Child: Layer>(_ name: String, _ child: inout Child) {
    let parent = path
    requireChildName(name, of: parent)
    path = parent.isEmpty ? name : "\(parent).\(name)"
    layers.append((path, "\(type(of: child))"))
    if child is BatchNorm { batchNorms.append(path) }
    child.visit(&self)
    path = parent
  }

  /// Shows a layer that a layer may do without.
  public mutating func child<Child: Layer>(_ name: String, _ child: inout Child?) {
    guard var present = child else { return }
    self.child(name, &present)
    child = present
  }

  private mutating func show(
    _ name: String, _ parameter: inout Parameter, layer: String? = nil, isLinearWeight: Bool
  ) {
    parameter = replaceParameter(
      Visit(
        name: register(name), layer: layer ?? path, parameter: parameter,
        isLinearWeight: isLinearWeight))
  }

  /// The full name; stops where it has been shown before, since a file could hold only one of the two.
  private mutating func register(_ name: String) -> String {
    requireChildName(name, of: path)
    let full = path.isEmpty ? name : "\(path).\(name)"
    require(
      names.insert(full).inserted,
      "the layer's visit shows two parameters or buffers named \"\(full)\"; expected each name once"
    )
    return full
  }
}
