import CKernels
import DitherRuntime

/// Which elements of a site share a draw.
///
/// Shared draws are a smaller matrix of draws, spread over the elements; each has an address like any other:
///
/// | | the matrix of draws | the element of row r and column c reads |
/// |---|---|---|
/// | ``perElement`` | [rows, columns] | row r, column c |
/// | ``perRow`` | [rows, 1] | row r, column 0 |
/// | ``perFeature`` | [1, columns] | row 0, column c |
/// | ``blocks(of:)`` | [rows, ⌈columns / n⌉] | row r, column ⌊c / n⌋ |
///
/// Rows count in the whole batch, so that the bits do not depend on how it is divided: per feature, every part of the
/// batch reads row 0. Up to 32 columns *of the matrix of draws* have the narrow layout.
public struct NoiseSharing: Sendable, Hashable {
  enum Kind: Hashable { case element, row, feature, blocks(Int) }

  let kind: Kind

  /// Each element has a draw of its own.
  public static let perElement = NoiseSharing(kind: .element)

  /// The elements of a row, a sample, share one draw.
  public static let perRow = NoiseSharing(kind: .row)

  /// The elements of a column, a feature, share one draw over the batch: every sample of a step has the same.
  public static let perFeature = NoiseSharing(kind: .feature)

  /// Neighbouring columns of a row share one draw, `columns` each; the last block may be smaller. With the columns of a
  /// channel side by side, it is one draw a channel.
  ///
  /// - Parameter columns: at least 1; another stops the program.
  public static func blocks(of columns: Int) -> NoiseSharing {
    require(
      columns >= 1 && columns <= NoiseStream.maximumColumns,
      "NoiseSharing.blocks: \(columns) columns; expected 1…\(NoiseStream.maximumColumns)")
    return NoiseSharing(kind: .blocks(columns))
  }

  /// Columns of the matrix of draws for a site of that many.
  func drawnColumns(of columns: Int) -> Int {
    switch kind {
    case .element, .feature: columns
    case .row: min(1, columns)
    case .blocks(let width): (columns + width - 1) / width
    }
  }

  /// - Parameter columns: of the site.
  func kernelSharing(columns: Int) -> ck_sharing {
    switch kind {
    case .element:
      ck_sharing(rows: false, columns: 0, width: 0)
    case .row:
      ck_sharing(rows: false, columns: UInt32(max(1, columns)), width: 1)
    case .feature:
      ck_sharing(rows: true, columns: 0, width: UInt32(columns))
    case .blocks(let width):
      ck_sharing(rows: false, columns: UInt32(width), width: UInt32(drawnColumns(of: columns)))
    }
  }

  /// What it adds to a rule's description.
  var suffix: String { kind == .element ? "" : ".shared(\(self))" }
}

extension NoiseSharing: CustomStringConvertible {
  public var description: String {
    switch kind {
    case .element: ".perElement"
    case .row: ".perRow"
    case .feature: ".perFeature"
    case .blocks(let width): ".blocks(of: \(width))"
    }
  }
}

extension NoiseRule {
  /// The rule with draws that elements share: both the values and the choice of what is dropped or replaced.
  ///
  /// ```swift
  /// let featureDropout = NoiseRule.dropout(rate: 0.2).shared(.perFeature)
  /// ```
  ///
  /// It is the `noise_shape` of Keras's dropout, of `[batch, 1]` for ``NoiseSharing/perRow`` and of `[1, columns]` for
  /// ``NoiseSharing/perFeature``.
  public func shared(_ sharing: NoiseSharing) -> NoiseRule {
    var rule = self
    rule.sharing = sharing
    return rule
  }
}
