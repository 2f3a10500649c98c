public import Layers
public import NoiseDistributions

/// Describes what a layer holds, for the function of a ``LayerCatalog`` that tells its settings.
public struct LayerDescriber {
  /// Where in the network the layer is.
  public let path: String
  let layerName: String
  let catalog: LayerCatalog

  /// Rules, as the texts that ``LayerSettings/rules(_:)`` reads.
  public func rules(_ rules: [NoiseRule]) throws(LayerDescriptionError) -> LayerDescription.Setting
  {
    var texts: [LayerDescription.Setting] = []
    for rule in rules {
      do throws(NoiseNotWritableError) {
        texts.append(.text(try catalog.noise.text(of: rule)))
      } catch {
        throw .refused(path: path, layer: layerName, reason: "\(error)")
      }
    }
    return .list(texts)
  }

  /// A layer within the layer, by the name that it has in `Layer.visit`.
  public func layer(
    _ child: any Layer, named name: String
  ) throws(LayerDescriptionError) -> LayerDescription.Setting {
    let childPath = path.isEmpty ? name : "\(path).\(name)"
    return .layer(try catalog.description(of: child, path: childPath))
  }

  /// Layers whose names in `Layer.visit` are their places, from 0.
  public func layers(
    _ children: [any Layer]
  ) throws(LayerDescriptionError) -> LayerDescription.Setting {
    var settings: [LayerDescription.Setting] = []
    for (index, child) in children.enumerated() {
      settings.append(try layer(child, named: String(index)))
    }
    return .list(settings)
  }
}
