import ArgumentParser

/// Widths of hidden layers, as `256,128`; `none` is a network without.
struct Widths: ExpressibleByArgument {
  var widths: [Int]

  init?(argument: String) {
    if argument == "none" {
      widths = []
      return
    }
    widths = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let width = Int(part) else { return nil }
      widths.append(width)
    }
  }
}

/// What the network is made of, without noise.
struct NetworkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The widths of the hidden layers, or none. (default: 128)", valueName: "n,n,…"))
  var hidden: Widths?

  @Option(
    help: ArgumentHelp(
      "\(ModelSettings.Activation.allCases.map(\.rawValue).joined(separator: ", ")). (default: relu)",
      valueName: "name"),
    completion: .list(ModelSettings.Activation.allCases.map(\.rawValue)))
  var activation: String?

  @Option(
    help: ArgumentHelp(
      "Normalise before each activation: layer, batch or none. (default: none)", valueName: "how"),
    completion: .list(ModelSettings.HiddenNorm.allCases.map(\.rawValue)))
  var hiddenNorm: String?

  @Option(
    help: ArgumentHelp(
      "The share of values that is dropped behind each activation. (default: 0)",
      valueName: "rate"))
  var dropout: Double?

  @Option(
    help: ArgumentHelp(
      "First weights: \(ModelSettings.InitialValues.allCases.map(\.rawValue).joined(separator: ", ")). (default: xavier-uniform)",
      valueName: "name"),
    completion: .list(ModelSettings.InitialValues.allCases.map(\.rawValue)))
  var initializer: String?

  @Option(
    help: ArgumentHelp(
      "A model in JSON, in the place of the options above.", valueName: "model.json"),
    completion: .file(extensions: ["json"]))
  var model: String?

  var settings: ModelSettings {
    ModelSettings(
      model: model, hidden: hidden?.widths, activation: activation, hiddenNorm: hiddenNorm,
      dropout: dropout, initializer: initializer)
  }
}

/// What the network is made of.
struct ModelOptions: ParsableArguments {
  @OptionGroup var network: NetworkOptions

  @Option(
    help: ArgumentHelp(
      "Noise in training, at \(SiteNoise.forms). May be repeated.", valueName: "site=rule"))
  var noise: [String] = []

  var settings: ModelSettings {
    var settings = network.settings
    settings.noise = noise.isEmpty ? nil : noise
    return settings
  }
}
