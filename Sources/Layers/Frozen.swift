import CKernels
import DitherRuntime
public import DitherTensors

/// A snapshot of a network for inference: it never changes, and many tasks may use it at once.
///
/// It holds a copy of its own of every parameter and buffer, and the weights of ``Linear`` layers a second time, packed for the
/// instruction set in force where it was made; on another it uses the plain ones, with the same result.
///
/// ```swift
/// let model = Sequential(seed: 7) { Linear(inputs: 8, outputs: 2) }
/// let frozen = model.frozen()
/// await withTaskGroup(of: [Int].self) { group in
///   for _ in 0..<4 {
///     group.addTask { frozen(Tensor(zeros: [1, 8])).indicesOfRowMaxima() }
///   }
/// }
/// ```
public struct Frozen<Base: Layer>: Sendable {
  /// The threads that one call uses, the caller's included.
  public let threads: Int

  // Safe to share although layers are not Sendable: the copy is private, its parameters are never written, and
  // inference only reads them. A layer that keeps mutable state which its `visit` does not show would break this.
  private nonisolated(unsafe) let base: Base

  init(_ layer: Base, threads: Int) {
    require(
      threads >= 1 && threads <= Execution.maximumThreads,
      "frozen: threads is \(threads); expected 1...\(Execution.maximumThreads)")
    self.threads = threads
    unsafe base = layer.replacingParameters { visit in
      requireInitialized(visit.parameter, visit.name, layer: "frozen", path: "")
      let copy = visit.parameter.copy()
      if visit.isLinearWeight { copy.packForLinear() }
      return copy
    }
  }

  /// The output for `input` at inference.
  public func callAsFunction(_ input: Tensor) -> Tensor { self(input, .inference) }

  /// The output for `input` in a pass with noise: `.sampling(noise.at(step: sample))`. One step gives one sample of the
  /// network, the same in every call and task that asks for it.
  ///
  /// - Parameters:
  ///   - input: the batch, a row a sample.
  ///   - pass: one that wants no gradients and is not of training; another stops the program.
  public func callAsFunction(_ input: Tensor, _ pass: Pass) -> Tensor {
    require(
      pass.gradients.isEmpty,
      "a frozen model's pass wants the gradients \(pass.gradients); expected none: a frozen model has no pullback"
    )
    require(
      !pass.isTraining,
      "a frozen model's pass is one of training; expected .inference or .sampling(stream): a frozen model never changes"
    )
    return withThreads(threads) { unsafe base.forward(input, pass).output }
  }
}

extension Layer {
  /// A snapshot for inference that many tasks may use at once.
  ///
  /// A layer of one's own must show all that it holds in ``visit(_:)``, and must not keep state that changes during a
  /// forward pass other than one of training.
  ///
  /// - Parameter threads: for each call, 1 to `Execution.maximumThreads`: 1, the default, runs it on the caller's thread.
  public func frozen(threads: Int = 1) -> Frozen<Self> { Frozen(self, threads: threads) }
}

extension Parameter {
  /// Packs a weight as the forward product of the instruction set in force reads it.
  fileprivate func packForLinear() {
    let instructionSet = Execution.current.instructionSet
    let (outputs, inputs) = (shape[0], shape[1])
    var execution = unsafe Execution.current.kernelExecution
    let count = unsafe ck_linear_packed_count(execution.kernels, inputs, outputs)
    let packed = unsafe Tensor(undefined: [count]) { packed in
      unsafe value.withUnsafePointer { weight in
        check(unsafe ck_linear_pack(&execution, inputs, outputs, weight, packed))
      }
    }
    self.packed = PackedWeight(weight: packed, instructionSet: instructionSet)
  }
}
