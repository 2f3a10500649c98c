import CKernels
import DitherRuntime
import DitherTensors

extension Optimizer {
  /// A step of sharpness-aware minimisation: by the gradient at the worst point nearby instead of the gradient here.
  ///
  /// With the gradients g that are there, all weights go to w + radius·g / ‖g‖, ‖g‖ = √(Σ g²) over every element of every
  /// gradient; `addGradients` adds the gradients at that point; the weights come back, to the bit, and the optimizer takes
  /// its step by what was added.
  ///
  /// ```swift
  /// let pass = Pass.training(noise.at(step: optimizer.stepCount))   // the same noise both times
  /// func addGradients() {
  ///   let (logits, pullback) = model.forward(inputs, pass)
  ///   pullback(crossEntropy(logits, labels).gradient)
  /// }
  /// addGradients()
  /// optimizer.sharpnessAwareStep { addGradients() }
  /// ```
  ///
  /// The norm is computed in double precision in a fixed order, and 10⁻¹² added to it. Where there is no gradient but zeros
  /// the weights stay, and so does a parameter without a gradient. Noise on gradients acts in the second pass alone.
  ///
  /// Both passes are of training, so that the running statistics of a batch normalisation move twice, the second time at
  /// weights that are not kept. To have them move once, keep the network's buffers before the second pass and put them back
  /// after it, as a `Trainer` does.
  ///
  /// Source: Foret, Kleiner, Mobahi & Neyshabur 2021, *Sharpness-aware minimization for efficiently improving
  /// generalization*, algorithm 1.
  ///
  /// - Parameters:
  ///   - radius: ρ, 0 or more.
  ///   - addGradients: a forward and a backward pass. Where it throws, the weights come back, gradients are
  ///     cleared, and no step is taken.
  public func sharpnessAwareStep<Failure: Error>(
    radius: Double = 0.05, _ addGradients: () throws(Failure) -> Void
  ) throws(Failure) {
    requireNotNegative(radius, "\(core.name).sharpnessAwareStep", "radius")
    let moved = parameters.filter(\.hasGradient)
    let norm = gradientNorm(of: moved)
    let values = moved.map(\.value)
    for parameter in moved { parameter.moveAlongGradient(by: Float(radius / (norm + 1e-12))) }
    do throws(Failure) {
      try addGradients()
    } catch {
      restore(values, of: moved)
      for parameter in parameters { parameter.clearGradient() }
      throw error
    }
    restore(values, of: moved)
    step()
  }

  private func restore(_ values: [Tensor], of parameters: [Parameter]) {
    for (parameter, value) in zip(parameters, values) { parameter.value = value }
  }
}

extension Parameter {
  /// w + factor·g in the place of w, and no gradient in the place of g. What holds w keeps it.
  fileprivate func moveAlongGradient(by factor: Float) {
    let (value, gradient) = (value, gradient!)
    self.value = unsafe Tensor(undefined: shape) { moved in
      unsafe value.withUnsafePointer { value in
        unsafe gradient.withUnsafePointer { gradient in
          var execution = unsafe Execution.current.kernelExecution
          unsafe ck_perturb(
            &execution, factor, count, value, gradient, moved)
        }
      }
    }
    clearGradient()
  }
}
