/// Factors on a gradient, one for each element of a parameter, that are the same for every row of a batch: where a layer
/// multiplies with a·w + b instead of its parameter w, the a.
package protocol GradientFactors {
  /// Whether the other ones are the same factors, so that one sum may go on with the other's.
  func areSame(as other: any GradientFactors) -> Bool
  /// gradient[i] becomes gradient[i]·a[i]; 0 where a[i] is 0, whatever it was.
  func multiply(_ gradient: UnsafeMutablePointer<Float>)
}

/// The gradient of a parameter while pullbacks add to it: a sum over rows, each part of which goes on from what is there.
///
/// A sum with factors stays open, the factors apart: a·(Σ of the whole batch) and a·(Σ of one part) + a·(Σ of the other)
/// are rounded otherwise. A further sum with the same factors goes on with it; anything else completes it first. Reading
/// completes a copy, so that it changes no later bit.
struct GradientSum {
  /// Whether anything has been added since it was last cleared.
  private(set) var exists = false
  private let shape: [Int]
  /// Contents undefined while there is no gradient.
  private var memory: Tensor?
  private var open: OpenSum?

  private struct OpenSum {
    var factors: any GradientFactors
    /// The sum so far; nil where there was no gradient before: it lies in `memory` then.
    var apart: Tensor?
  }

  init(shape: [Int]) { self.shape = shape }

  /// The gradient; nil if there is none.
  var value: Tensor? {
    guard exists else { return nil }
    if open == nil { return memory }
    var copy = self
    copy.complete()
    return copy.memory
  }

  /// Removes the gradient; its memory is kept for the next.
  mutating func clear() {
    exists = false
    open = nil
  }

  /// Whether a sum with these factors would go on with an open one.
  func isOpen(times factors: any GradientFactors) -> Bool {
    open?.factors.areSame(as: factors) == true
  }

  /// Gives `body` the sum to go on with, or, where there is none, memory that it writes every element of as if it had held
  /// zeros.
  mutating func add(
    times factors: (any GradientFactors)? = nil,
    _ body: (_ sum: UnsafeMutablePointer<Float>, _ accumulate: Bool) -> Void
  ) {
    // The open sum is not bound to a name: a second reference would make the change copy it.
    if let factors, isOpen(times: factors) {
      if open!.apart == nil {
        unsafe memory!.withUnsafeMutablePointer { unsafe body($0, true) }
      } else {
        unsafe open!.apart!.withUnsafeMutablePointer { unsafe body($0, true) }
      }
      return
    }
    complete()
    if let factors, exists {
      var sum = Tensor(undefined: shape)
      unsafe sum.withUnsafeMutablePointer { unsafe body($0, false) }
      open = OpenSum(factors: factors, apart: sum)
      return
    }
    let accumulate = exists
    if !accumulate { takeMemory() }
    exists = true
    unsafe memory!.withUnsafeMutablePointer { unsafe body($0, accumulate) }
    if let factors { open = OpenSum(factors: factors) }
  }

  /// Applies the factors of an open sum.
  mutating func complete() {
    guard var sum = open.take() else { return }
    if sum.apart == nil {
      unsafe memory!.withUnsafeMutablePointer { unsafe sum.factors.multiply($0) }
    } else {
      unsafe sum.apart!.withUnsafeMutablePointer { unsafe sum.factors.multiply($0) }
      memory! += sum.apart!
    }
  }

  /// The gradient to change in place: complete; zeros where there was none.
  var mutable: Tensor {
    _modify {
      complete()
      if !exists {
        takeMemory()
        memory!.fill(with: 0)
        exists = true
      }
      yield &memory!
    }
    get { value! }
  }

  /// Memory of the gradient's own, contents undefined.
  private mutating func takeMemory() {
    if memory == nil {
      memory = Tensor(undefined: shape)
    } else {
      memory!.makeUniqueDiscardingContents()
    }
  }
}
