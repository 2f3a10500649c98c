import DitherTensors
import Foundation
import SpokenDigitsStudy
import TestSupport
import Testing

@Suite("SpokenDigits: the program and its page")
struct SpokenDigitsProgramTests {
  private let program = Executable(name: "SpokenDigits")
  private static let docs = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../docs").standardizedFileURL

  private func decoded<Value: Decodable>(_ file: URL) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(contentsOf: file))
  }

  @Test("Two threads give the numbers of one; tones are learned; differences are from no noise")
  func run() throws {
    let scratch = try Scratch()
    try ToneDigits().write(to: scratch)
    let file = try expectSameOnThreads(
      ["--data", scratch.url.path, "--epochs", "20", "--seeds", "2"], of: "SpokenDigits")
    let report = try JSONDecoder().decode(SpeechReport.self, from: file)
    #expect(report.leavingOut.map(\.leftOut) == ["ann", "bob", "cid"])
    for split in [report.official] + report.leavingOut {
      #expect(split.networks.map(\.kind) == TrainingNoise.Kind.allCases)
      let plain = split.networks[0].results
      // Nothing, two noises at four ratios, and their means.
      #expect(plain.count == 11 && Set(plain.map(\.condition)).count == 11)
      #expect(plain[0].accuracy.mean == 100)
      for network in split.networks.dropFirst() {
        for (own, other) in zip(network.results, plain) {
          let difference = try #require(own.difference)
          let interval = try #require(difference.interval)
          // Shares are summed in single precision.
          #expect(abs(difference.mean - (own.accuracy.mean - other.accuracy.mean)) < 1e-4)
          #expect(interval.contains(difference.mean))
        }
      }
    }
  }

  @Test("--choose compares settings the same on two threads, and looks at validation recordings")
  func choose() throws {
    let scratch = try Scratch()
    try ToneDigits().write(to: scratch)
    let file = try expectSameOnThreads(
      ["--choose", "--data", scratch.url.path, "--epochs", "1", "--seeds", "1"],
      of: "SpokenDigits")
    let validation = try JSONDecoder().decode(SpeechValidation.self, from: file)
    #expect(validation.splits.map(\.validation) == [30, 20, 20, 20])
    #expect(validation.splits.map(\.training) == [30, 20, 20, 20])
  }

  @Test("Recordings that cannot be used are refused for what they lack")
  func refusal() throws {
    func refused(_ change: (inout ToneDigits) -> Void) throws -> SpeechError? {
      let scratch = try Scratch()
      var digits = ToneDigits()
      change(&digits)
      try digits.write(to: scratch)
      do {
        _ = try SpeechCorpus(contentsOf: scratch.url.path)
        return nil
      } catch let error as SpeechError {
        return error
      }
    }
    let asTheyAre = try refused { _ in }
    #expect(asTheyAre == nil)
    let fewer = try refused { $0.numbers = [0, 5] }
    #expect(
      fewer
        == .tooFewRecordings(
          speaker: "ann", digit: 0, part: "training part (numbers from 10 on)"))
    for (change, part) in [
      ({ $0.speakers = ["ann"] }, "1 speaker (ann)"), ({ $0.sampleRate = 16_000 }, "16000 samples"),
      ({ $0.samples = 0 }, "no samples"), ({ $0.speakers = ["ann", "b_b"] }, "another name"),
      ({ $0.numbers = [] }, "no recordings"),
    ] as [((inout ToneDigits) -> Void, String)] {
      let error = try #require(try refused(change))
      #expect(error.description.contains(part) && error.description.contains("expected"))
    }
  }

  @Test("The program says where to get the recordings, and names what it cannot use")
  func messages() throws {
    let missing = try program.run(["--data", "nowhere"])
    #expect(missing.exitCode != 0 && missing.output.isEmpty)
    #expect(missing.error.contains("nowhere"))
    #expect(missing.error.contains("https://github.com/Jakobovski/free-spoken-digit-dataset"))
    for arguments in [
      ["--epochs", "0"], ["--recordings", "10"], ["--seeds", "0"], ["--threads", "0"],
      ["--plots", "folder", "--choose"],
    ] {
      let run = try program.run(arguments)
      #expect(run.exitCode != 0 && run.output.isEmpty)
      #expect(run.error.contains(arguments[0]))
    }
  }

  @Test(
    "What cannot be written is said before anything is trained, and what cannot be read with its name"
  )
  func files() throws {
    let scratch = try Scratch()
    try ToneDigits().write(to: scratch)
    let file = try scratch.write("none", to: "file.txt")
    let (json, plots) = ("\(file)/x.json", "\(file)/plots")
    // 100,000 epochs would not end.
    let training = ["--data", scratch.url.path, "--epochs", "100000"]
    for (arguments, path) in [
      (training + ["--json", json], "--json \(json): cannot write in \(file)"),
      (training + ["--json", scratch.url.path], "--json \(scratch.url.path): is not a file"),
      (training + ["--plots", plots], "--plots \(plots): cannot write in \(file)"),
      (["--read", file], "--read \(file): holds no results of this command"),
      (["--read", json], "--read \(json): cannot be read"),
    ] {
      let run = try program.run(arguments)
      #expect(run.exitCode != 0 && run.output.isEmpty)
      #expect(run.error.contains(path) && run.error.contains("expected"), "\(run.error)")
    }
  }

  @Test(
    "docs/speech.md has all that the files beside it print",
    arguments: [["--read", "test.json"], ["--choose", "--read", "validation.json"]])
  func page(arguments: [String]) throws {
    let file = Self.docs.appending(path: "speech/\(arguments.last!)").path
    let run = try program.run(arguments.dropLast() + [file])
    #expect(run.exitCode == 0, "\(run.error)")
    let page = try String(contentsOf: Self.docs.appending(path: "speech.md"), encoding: .utf8)
    let parts = run.output.components(separatedBy: "\n\n")
    #expect(parts.count > 1)
    for part in parts {
      #expect(page.contains(part.trimmingCharacters(in: .newlines)))
    }
  }

  @Test("The pictures of the page are those of its file")
  func plots() throws {
    let scratch = try Scratch()
    let folder = Self.docs.appending(path: "speech")
    let run = try program.run([
      "--read", folder.appending(path: "test.json").path, "--plots", scratch.path("plots"),
    ])
    #expect(run.exitCode == 0, "\(run.error)")
    for name in ["official.svg", "speakers.svg"] {
      let drawn = try String(contentsOfFile: scratch.path("plots/\(name)"), encoding: .utf8)
      let shown = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      #expect(drawn == shown, "`make speech ARGUMENTS=\"--read … --plots …\"` draws them again")
    }
  }

  @Test("What was tested had the best settings of its split's validation")
  func chosen() throws {
    let folder = Self.docs.appending(path: "speech")
    let validation: SpeechValidation = try decoded(folder.appending(path: "validation.json"))
    let report: SpeechReport = try decoded(folder.appending(path: "test.json"))
    #expect(report.seeds.count >= 5)
    #expect(report.epochs == validation.epochs)
    let splits = [report.official] + report.leavingOut
    #expect(splits.map(\.leftOut) == validation.splits.map(\.leftOut))
    for (tested, compared) in zip(splits, validation.splits) {
      for network in tested.networks {
        let best = try #require(compared.best(network.kind))
        #expect(network.noise == best.noise)
        #expect(network.noise == network.kind.chosen(leavingOut: tested.leftOut))
      }
    }
  }

  @Test("Intervals over the five speakers are Student's of four degrees of freedom")
  func speakers() throws {
    let report: SpeechReport = try decoded(Self.docs.appending(path: "speech/test.json"))
    let all = report.allSpeakers
    for (network, result) in all.networks.indices.flatMap({ network in
      all.networks[network].results.indices.map { (network, $0) }
    }) where network > 0 {
      let differences = try report.leavingOut.map {
        try #require($0.networks[network].results[result].difference).mean
      }
      let mean = differences.reduce(0, +) / 5
      let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let interval = try #require(all.networks[network].results[result].difference?.interval)
      // scipy.stats.t.ppf(0.975, 4)
      let half = 2.7764451051977934 * (squares / 4 / 5).squareRoot()
      #expect(abs(interval.lowerBound - (mean - half)) < 1e-9)
      #expect(abs(interval.upperBound - (mean + half)) < 1e-9)
    }
  }
}
