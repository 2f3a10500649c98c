import BenchmarkConductor
import BenchmarkProtocol
import Foundation
import Testing

@Suite("Messages")
struct MessageTests {
  static let product = Case.Product(batch: 3, inputs: 4, outputs: 5)
  static let step = Case.Step(
    layers: [784, 1024, 10], batch: 32, optimizer: .adam, noise: true)

  static let cases: [(Case, String)] = [
    (
      .product(.inputGradient, product),
      #"{"batch":3,"direction":"inputGradient","inputs":4,"kind":"product","outputs":5}"#
    ),
    (
      .noisyForward(.outputDropout, product),
      #"{"batch":3,"inputs":4,"kind":"noisyForward","noise":"outputDropout","outputs":5}"#
    ),
    (
      .fill(.logNormal, count: 1_048_576),
      #"{"count":1048576,"distribution":"logNormal","kind":"fill"}"#
    ),
    (
      .step(step),
      #"{"batch":32,"kind":"step","layers":[784,1024,10],"noise":true,"optimizer":"adam"}"#
    ),
    (
      .scaledStep(.learnedOnInput, step),
      #"{"batch":32,"kind":"scaledStep","layers":[784,1024,10],"noise":true,"optimizer":"adam","scale":"learnedOnInput"}"#
    ),
    (
      .inference(layers: [64, 128, 10], batch: 1),
      #"{"batch":1,"kind":"inference","layers":[64,128,10]}"#
    ),
    (.peak, #"{"kind":"peak"}"#),
    (.bandwidth(.cache), #"{"kind":"bandwidth","level":"cache"}"#),
    (
      .memory(step),
      #"{"batch":32,"kind":"memory","layers":[784,1024,10],"noise":true,"optimizer":"adam"}"#
    ),
    (
      .epoch(step),
      #"{"batch":32,"kind":"epoch","layers":[784,1024,10],"noise":true,"optimizer":"adam"}"#
    ),
    (.files(.saveRun), #"{"kind":"files","work":"saveRun"}"#),
    (
      .smoothing(layers: [784, 1024, 10], draws: 100_000),
      #"{"draws":100000,"kind":"smoothing","layers":[784,1024,10]}"#
    ),
    (.study, #"{"kind":"study"}"#),
    (
      .update(.preconditionedSGLD, count: 1024),
      #"{"count":1024,"kind":"update","optimizer":"preconditionedSGLD"}"#
    ),
    (
      .allocations(step),
      #"{"batch":32,"kind":"allocations","layers":[784,1024,10],"noise":true,"optimizer":"adam"}"#
    ),
  ]

  @Test("A case is one flat object, and read back the same", arguments: cases)
  func coding(_ measured: Case, _ line: String) throws {
    #expect(String(decoding: try Line.encode(measured), as: UTF8.self) == line + "\n")
    #expect(try Line.decode(Case.self, line) == measured)
  }

  @Test("A kind that nobody knows is an error that names it")
  func unknownKind() {
    #expect(throws: DecodingError.self) { try Line.decode(Case.self, #"{"kind":"dance"}"#) }
  }

  @Test("Requests are the lines of the contract, and read back the same")
  func requests() throws {
    let lines: [(Request, String)] = [
      (.prepare(.peak), #"{"prepare":{"kind":"peak"}}"#),
      (.run(3, repetitions: 8), #"{"repetitions":8,"run":3}"#),
      (.release(3), #"{"release":3}"#),
    ]
    for (request, line) in lines {
      #expect(String(decoding: try Line.encode(request), as: UTF8.self) == line + "\n")
      #expect(try Line.decode(Request.self, line) == request)
    }
  }

  @Test("The list of contenders: another Python takes the place of `python`, and of nothing else")
  func list() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
    defer { try? FileManager.default.removeItem(at: file) }
    let list = #"""
      [{"name": "A", "command": ["python", "a.py"], "environment": {"X": "1"}},
       {"name": "B", "command": ["b"]}]
      """#
    try Data(list.utf8).write(to: file)
    let specifications = try ContenderSpecification.list(file: file, python: "/opt/python3")
    #expect(specifications.map(\.command) == [["/opt/python3", "a.py"], ["b"]])
    #expect(specifications[0].commandLine == "X=1 /opt/python3 a.py")
    #expect(throws: BenchmarkError.self) {
      try ContenderSpecification.list(file: file.appending(path: "missing"), python: nil)
    }
  }
}
