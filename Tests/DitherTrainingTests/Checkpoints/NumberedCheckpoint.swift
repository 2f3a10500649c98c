import DitherTensors
import DitherTraining
import TestSupport
import Testing

/// A checkpoint that is told from others by its step, in its metadata and in every element.
func checkpoint(_ step: Int, elements: Int = 300_000) -> Checkpoint {
  var checkpoint = Checkpoint(
    tensors: ["a": Tensor(repeating: Float(step), shape: [elements])])
  checkpoint.step = step
  return checkpoint
}

/// The step of the checkpoint that loads; stops the test at one that is not whole.
func loadedStep(_ folder: CheckpointFolder) throws -> Int {
  let checkpoint = try folder.load().checkpoint
  let tensor = try #require(checkpoint.tensors["a"])
  #expect(tensor.count > 0 && tensor.scalars.allSatisfy { $0 == Float(checkpoint.step) })
  return checkpoint.step
}

/// The system calls of a save in a folder that has a checkpoint, by one who knows it: open, a write of the header and one of the
/// elements, fsync, close, link, two renames; open and fsync of the folder.
let callsOfSave = 10

/// Those that read a checkpoint: open, the header's length, the header, the elements.
let callsOfReading = 4

/// The system calls with which a folder saves such a checkpoint.
func callsOfSaving(_ step: Int, in folder: CheckpointFolder) throws -> Int {
  try systemCalls { try folder.save(checkpoint(step)) }
}
