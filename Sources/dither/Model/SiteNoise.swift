import DitherTraining
import Layers
import NoiseDistributions

/// A rule and where it goes, as `SITE=RULE`.
struct SiteNoise {
  /// Which of the layers.
  enum Place {
    /// The first layer, whose input is the network's.
    case first
    /// All but the last.
    case hidden
    case path(String)
  }

  let text: String
  let place: Place
  let site: Linear.Site
  /// Its text.
  let rule: String

  static let forms = "input, hidden.SITE or PATH.SITE, where SITE is input, weight, bias or output"

  init(_ text: String) throws(UsageError) {
    self.text = text
    guard let equals = text.firstIndex(of: "=") else {
      throw UsageError("--noise is \"\(text)\"; expected SITE=RULE, such as input=dropout:0.2")
    }
    let siteText = String(text[..<equals])
    rule = String(text[text.index(after: equals)...])
    do throws(NoiseTextError) {
      _ = try Catalogs.noise.rule(rule)
    } catch {
      throw UsageError("--noise \(siteText)=…: \(error)")
    }
    if siteText == "input" {
      (place, site) = (.first, .input)
      return
    }
    guard let point = siteText.lastIndex(of: "."),
      let site = Linear.Site(rawValue: String(siteText[siteText.index(after: point)...]))
    else {
      throw UsageError("--noise has the site \"\(siteText)\"; expected \(Self.forms)")
    }
    let layer = String(siteText[..<point])
    self.site = site
    place = layer == "hidden" ? .hidden : .path(layer)
  }

  /// Adds the rule to a description of a model.
  func add(to model: inout LayerDescription) throws(UsageError) {
    let linear = model.paths(ofLayersNamed: "Linear")
    let chosen: [String]
    switch place {
    case .first: chosen = Array(linear.prefix(1))
    case .hidden: chosen = Array(linear.dropLast())
    case .path(let path): chosen = linear.filter { $0 == path }
    }
    if chosen.isEmpty {
      if linear.isEmpty {
        throw UsageError(
          "--noise \(text): the model has no Linear layer; expected one, or its noise in the model itself"
        )
      }
      let known = linear.map { $0.isEmpty ? site.rawValue : "\($0).\(site)" }
      throw UsageError(
        "--noise \(text): there is no such layer; expected one of \(known.prefix(20).joined(separator: ", "))"
      )
    }
    for path in chosen {
      model.change(layerAt: path) { layer in
        var rules: [LayerDescription.Setting] = []
        if case .list(let former) = layer.settings["\(site)Noise"] { rules = former }
        layer.settings["\(site)Noise"] = .list(rules + [.text(rule)])
      }
    }
  }
}

extension LayerDescription {
  /// The layers within this one, by the names that their paths have, in the order in which they are run.
  var children: [(name: String, layer: LayerDescription)] {
    settings.sorted { $0.key < $1.key }.flatMap { name, setting in
      switch setting {
      case .layer(let layer): [(name, layer)]
      case .list(let items):
        items.enumerated().compactMap { index, item -> (String, LayerDescription)? in
          if case .layer(let layer) = item { (String(index), layer) } else { nil }
        }
      default: [(name: String, layer: LayerDescription)]()
      }
    }
  }

  /// The paths of the layers of a name, this one and those within it.
  func paths(ofLayersNamed name: String, path: String = "") -> [String] {
    let own = self.name == name ? [path] : []
    return own
      + children.flatMap { child, layer in
        layer.paths(ofLayersNamed: name, path: path.isEmpty ? child : "\(path).\(child)")
      }
  }

  /// Changes the layer at a path.
  mutating func change(
    layerAt target: String, path: String = "", _ body: (inout LayerDescription) -> Void
  ) {
    if path == target { return body(&self) }
    func join(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    func changed(_ layer: LayerDescription, _ name: String) -> Setting {
      var layer = layer
      layer.change(layerAt: target, path: join(name), body)
      return .layer(layer)
    }
    for (name, setting) in settings {
      switch setting {
      case .layer(let layer): settings[name] = changed(layer, name)
      case .list(let items):
        settings[name] = .list(
          items.enumerated().map { index, item in
            if case .layer(let layer) = item { changed(layer, String(index)) } else { item }
          })
      default: break
      }
    }
  }
}
