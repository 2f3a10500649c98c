import DitherTensors
import DitherTraining
import Layers
import Testing

@Suite("Descriptions that no network can be made of")
struct BadDescriptionTests {
  private let catalog = LayerCatalog.standard

  private func fault(_ json: String) -> LayerDescriptionError? {
    do throws(LayerDescriptionError) {
      _ = try catalog.layer(LayerDescription(json: json))
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "What cannot be made is named, with where it is",
    arguments: [
      (
        "{\"layer\":\"Lienar\",\"inputs\":1,\"outputs\":1}",
        "the layer \"Lienar\"; expected one of Linear, "
      ),
      (
        "{\"layer\":\"Sequential\",\"layers\":[{\"layer\":\"relu\"}]}",
        "the layer at path \"0\": the layer \"relu\"; expected one of ReLU, "
      ),
      (
        "{\"layer\":\"Residual\",\"inner\":{\"layer\":\"Dropout\",\"rate\":2}}",
        "the layer at path \"inner\": rate of Dropout is 2; expected 0…1"
      ),
      ("{\"layer\":\"Dropout\"}", "rate of Dropout is missing; expected 0…1"),
      (
        "{\"layer\":\"Linear\",\"inputs\":3,\"output\":2}",
        "outputs of Linear is missing"
      ),
      (
        "{\"layer\":\"ReLU\",\"slope\":1}", "ReLU with the setting \"slope\"; expected none"
      ),
      (
        "{\"layer\":\"Linear\",\"inputs\":3,\"outputs\":2,\"biass\":true}",
        "Linear with the setting \"biass\"; expected one of bias, "
      ),
      (
        "{\"layer\":\"Linear\",\"inputs\":0,\"outputs\":2}",
        "inputs of Linear is 0; expected a whole number, 1…"
      ),
      (
        "{\"layer\":\"Linear\",\"inputs\":2147483647,\"outputs\":2147483647}",
        "expected no more than the 2147483648 elements"
      ),
      ("{\"layer\":\"Linear\",\"inputs\":1e3,\"outputs\":2}", "inputs of Linear is 1e3"),
      (
        "{\"layer\":\"Linear\",\"inputs\":1,\"outputs\":1,\"initializer\":\"heUnifrom\"}",
        "expected one of heUniform, "
      ),
      (
        "{\"layer\":\"Linear\",\"inputs\":1,\"outputs\":1,\"inputNoise\":[\"droput:0.1\"]}",
        "expected a rule: dropout, "
      ),
      (
        "{\"layer\":\"Linear\",\"inputs\":1,\"outputs\":1,\"bias\":false,\"biasNoise\":[\"dropout:0.1\"]}",
        "expected none, as the layer has no bias"
      ),
      ("{\"layer\":\"ELU\",\"alpha\":1e99}", "alpha of ELU is 1e99; expected a finite number"),
      ("{\"layer\":\"Sequential\",\"layers\":[1]}", "expected a list of layers"),
      ("{\"layer\":\"Perturb\",\"rules\":[]}", "rules of Perturb is []; expected one rule"),
      ("{\"name\":\"ReLU\"}", "byte 0 of the description: an object without a layer"),
      ("{\"layer\":\"ReLU\"", "byte 15 of the description: the end"),
      ("{\"layer\":null}", "byte 9 of the description: \"null}\"; expected the layer's name"),
    ])
  func faults(json: String, message: String) throws {
    let error = try #require(fault(json))
    #expect("\(error)".contains(message), "\(error)")
  }

  @Test("Nesting without an end is refused before it takes the stack")
  func depth() throws {
    for opening in ["[", "{\"layer\":\"Sequential\",\"layers\":[", "{\"layer\":"] {
      let bomb =
        "{\"layer\":\"Sequential\",\"layers\":" + String(repeating: opening, count: 100_000)
      guard case .malformed = fault(bomb) else {
        Issue.record("\(opening)")
        continue
      }
    }
  }

  @Test("A description that claims more than the checkpoint holds makes nothing")
  func moreThanTheFile() throws {
    var checkpoint = Checkpoint(tensors: ["weight": Tensor(zeros: [2, 3])])
    checkpoint.model = try LayerDescription(
      json: "{\"layer\":\"Linear\",\"inputs\":30000,\"outputs\":30000,\"bias\":false}")
    let error = #expect(throws: CheckpointError.self) { try checkpoint.makeModel() }
    #expect("\(try #require(error))".contains("no more than the 6 elements"))
    checkpoint.model = nil
    #expect(throws: CheckpointError.lacks(file: nil, what: "a description of the model")) {
      try checkpoint.makeModel()
    }
  }
}
