import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// An element of a parsed document, for tests to look into.
final class XMLNode {
  let name: String
  let attributes: [String: String]
  var children: [XMLNode] = []
  var text = ""

  init(name: String, attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  /// This and all below it, in the document's order.
  var all: [XMLNode] { [self] + children.flatMap(\.all) }

  func all(_ name: String) -> [XMLNode] { all.filter { $0.name == name } }

  func number(_ attribute: String) -> Double? { attributes[attribute].flatMap(Double.init) }

  /// The root; an error if the document is not well-formed.
  static func parse(_ document: String) throws -> XMLNode {
    let parser = XMLParser(data: Data(document.utf8))
    let builder = Builder()
    parser.delegate = builder
    guard parser.parse(), let root = builder.root else {
      throw ParsingError(text: "\(parser.parserError.map { "\($0)" } ?? "no root")")
    }
    return root
  }

  struct ParsingError: Error {
    let text: String
  }

  private final class Builder: NSObject, XMLParserDelegate {
    var root: XMLNode?
    private var open: [XMLNode] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      let node = XMLNode(name: name, attributes: attributes)
      if let last = open.last { last.children.append(node) } else { root = node }
      open.append(node)
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.text += text }
  }
}
