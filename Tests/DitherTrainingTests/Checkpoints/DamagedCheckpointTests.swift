import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import Optimizers
import Testing

@Suite("Checkpoints that are not to be trusted")
struct DamagedCheckpointTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("a.safetensors")
    let model = smallNetwork(1)
    let optimizer = Adam(model.parameters)
    takeStep(model, optimizer)
    var checkpoint = Checkpoint(
      of: model, optimizer: optimizer, step: 1, epoch: 0, batch: 1, noiseSeed: 42)
    checkpoint.model = try LayerCatalog.standard.description(of: model)
    try checkpoint.write(to: path)
  }

  /// Writes the file anew with other metadata, as a program that changes checkpoints does.
  private func change(_ name: String, to text: String?) throws {
    var contents = try Safetensors(contentsOf: path)
    contents.metadata["dither.checksum"] = nil
    contents.metadata[name] = text
    try contents.write(to: path)
  }

  @Test("Another version of the stream is refused by name, whatever else is right")
  func streamVersion() throws {
    try change("dither.stream-version", to: "2")
    let error = #expect(throws: CheckpointError.self) { try Checkpoint(contentsOf: path) }
    #expect(error == .streamVersion(file: path, found: "2", expected: "\(NoiseStream.version)"))
    #expect("\(try #require(error))".contains("noise of stream version 2; expected 1"))
  }

  @Test("Another version of the format is refused")
  func formatVersion() throws {
    try change("dither.checkpoint", to: "9")
    #expect(throws: CheckpointError.formatVersion(file: path, found: "9", expected: "1")) {
      try Checkpoint(contentsOf: path)
    }
  }

  @Test(
    "What the metadata say is checked",
    arguments: [
      ("dither.step", "-1"), ("dither.epoch", "x"), ("dither.batch", "1.5"),
      ("dither.noise-seed", "18446744073709551616"), ("dither.optimizer", "{}"),
      ("dither.optimizer", "{\"optimizer\":\"Adam\""), ("dither.optimizer", "[1]"),
      ("dither.model", "{}"), ("dither.model", String(repeating: "[", count: 100_000)),
      ("dither.training", String(repeating: "{\"a\":", count: 100_000)),
      ("dither.training", "{}"), ("dither.weight-average", "-3"),
      ("dither.step", "9007199254740993"), ("dither.weight-average", "9223372036854775807"),
    ])
  func metadata(name: String, text: String) throws {
    try change(name, to: text)
    let error = #expect(throws: CheckpointError.self) { try Checkpoint(contentsOf: path) }
    #expect("\(try #require(error))".hasPrefix("\(path): "))
    try change(name, to: "")
    #expect(throws: CheckpointError.self) { try Checkpoint(contentsOf: path) }
  }

  @Test("A single changed byte, anywhere, ends in an error or changes nothing")
  func changedByte() throws {
    let whole = try bytes(of: path)
    let original = try Safetensors(contentsOf: path)
    var generator = SeededGenerator(state: 5)
    var (refused, unchanged) = (0, 0)
    for index in whole.indices {
      var bytes = whole
      bytes[index] ^= UInt8.random(in: 1...255, using: &generator)
      let changed = try folder.write(bytes, to: "b.safetensors")
      if (try? Checkpoint(contentsOf: changed)) != nil {
        // The name of the checksum itself, or a space at the header's end.
        let read = try Safetensors(contentsOf: changed)
        #expect(read.tensors.keys == original.tensors.keys)
        for (name, tensor) in original.tensors {
          #expect(read.tensors[name]!.isBitwiseEqual(to: tensor))
        }
        unchanged += 1
      } else {
        refused += 1
      }
    }
    #expect(refused > whole.count - 40 && unchanged < 40)
  }

  @Test("A file that ends too early, at any byte, is refused")
  func truncated() throws {
    let whole = try bytes(of: path)
    for count in 0..<whole.count {
      let cut = try folder.write(Array(whole[..<count]), to: "b.safetensors")
      let error = #expect(throws: CheckpointError.self) { try Checkpoint(contentsOf: cut) }
      guard case .file(.malformed(cut, _, _, _)) = error else {
        Issue.record("\(count) bytes of \(whole.count)")
        continue
      }
    }
  }
}
