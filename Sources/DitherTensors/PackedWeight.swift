package import DitherRuntime

/// A weight as the forward product of one instruction set reads it.
package struct PackedWeight: Sendable {
  package var weight: Tensor
  package var instructionSet: InstructionSet

  package init(weight: Tensor, instructionSet: InstructionSet) {
    self.weight = weight
    self.instructionSet = instructionSet
  }
}
