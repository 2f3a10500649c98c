import DitherData
import DitherTensors
import Foundation
import TestSupport
import Testing

@Suite("Folders of classes")
struct ClassFoldersTests {
  /// Three classes, one without files; hidden files and one beside the folders.
  private func withClasses(_ body: (String) throws -> Void) throws {
    try withFolder { folder in
      for (name, files) in [("b", ["2.npy", "10.npy", ".hidden"]), ("a", ["x.wav"]), ("c", [])] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        for file in files {
          let path = "\(folder)/\(name)/\(file)"
          if file.hasSuffix("wav") {
            let samples = Tensor([0.5, 0.25, 0.5, -0.25], shape: [2, 2])
            try Recording(samples: samples, sampleRate: 8000).write(toWAV: path)
          } else {
            try Tensor([Float(file.utf8.count), 1], shape: [2, 1]).write(toNPY: path)
          }
        }
      }
      try Data("read me".utf8).write(to: URL(filePath: folder + "/readme.txt"))
      try body(folder)
    }
  }

  @Test("Folders are classes, and both they and their files are in the order of their names")
  func lists() throws {
    try withClasses { folder in
      let folders = try ClassFolders(contentsOf: folder)
      #expect(folders.classNames == ["a", "b", "c"])
      #expect(
        folders.files.map(\.path)
          == ["a/x.wav", "b/10.npy", "b/2.npy"].map { "\(folder)/\($0)" })
      #expect(folders.files.map(\.label) == [0, 1, 1])
      let sounds = try ClassFolders(contentsOf: folder, pathExtension: "WAV")
      #expect(sounds.files.map(\.label) == [0] && sounds.classNames.count == 3)
    }
  }

  @Test("Files become rows, read as what they are or by the caller's function")
  func loads() throws {
    try withClasses { folder in
      let folders = try ClassFolders(contentsOf: folder)
      let data = try LabelledData(folders, name: "sorted")
      #expect(data.inputs == Tensor(rows: [[0.5, 0], [6, 1], [5, 1]]))
      #expect(data.labels == [0, 1, 1])
      #expect(data.classes == 3 && data.classNames == ["a", "b", "c"] && data.name == "sorted")
      let lengths = try LabelledData(folders) { path throws(DataError) in
        Tensor([Float(path.utf8.count - folder.utf8.count)])
      }
      #expect(lengths.inputs == Tensor(rows: [[8], [9], [8]]))
      #expect(lengths.name == URL(filePath: folder).lastPathComponent)
    }
  }

  @Test("Recordings of any length, even none, have centred frames and so a mean")
  func shortRecordings() throws {
    try withFolder { folder in
      let lengths = [0, 1, 100, 255, 400]
      for (index, length) in lengths.enumerated() {
        let path = "\(folder)/\(index)"
        try FileManager.default.createDirectory(
          atPath: path, withIntermediateDirectories: true)
        let samples = Tensor(repeating: 0.5, shape: [1, length])
        try Recording(samples: samples, sampleRate: 8000).write(toWAV: path + "/sound.wav")
      }
      let features = LogMel(sampleRate: 8000, isCentered: true)
      let data = try LabelledData(ClassFolders(contentsOf: folder, pathExtension: "wav")) {
        path throws(DataError) in
        let recording = try Recording(contentsOf: path)
        return features(recording.mono).mean(axis: 0)
      }
      #expect(data.inputs.shape == [5, 40] && data.labels == [0, 1, 2, 3, 4])
      #expect(data.inputs.scalars.allSatisfy { $0.isFinite })
    }
  }

  @Test("Samples of another length, files of another kind and folders that are not there are named")
  func bad() throws {
    try withClasses { folder in
      let folders = try ClassFolders(contentsOf: folder)
      let longer = "\(folder)/b/2.npy"
      try Tensor([1, 2, 3]).write(toNPY: longer)
      #expect(
        try dataError { _ = try LabelledData(folders) }?.description
          == "\(longer): an array of shape [3]; expected 2 elements, as in \(folder)/a/x.wav")
      try Data("text".utf8).write(to: URL(filePath: longer))
      #expect(
        try dataError { _ = try LabelledData(folders) }?.description
          == "\(longer), byte 0: \"text\"; expected an NPY or IDX file")
      #expect(throws: DataError.empty(file: folder)) {
        try LabelledData(ClassFolders(contentsOf: folder, pathExtension: "mp3"))
      }
      #expect(throws: DataError.empty(file: folder + "/a")) {
        try ClassFolders(contentsOf: folder + "/a")
      }
      #expect(throws: DataError.missing(file: folder + "/z")) {
        try ClassFolders(contentsOf: folder + "/z")
      }
      #expect(throws: DataError.unreadable(file: longer, reason: "no directory")) {
        try ClassFolders(contentsOf: longer)
      }
    }
  }

  @Test(
    "Recordings of speech are read: one channel, 8,000 samples a second, as long as a word",
    .enabled(if: Speech.folder != nil, "\(Speech.missing)"))
  func speech() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Speech.folder!)
      .filter { $0.hasSuffix(".wav") }.sorted()
    #expect(names.count == 2500)
    for name in names.filter({ $0.hasSuffix("_7.wav") }) {
      let recording = try Recording(contentsOf: Speech.folder! + "/" + name)
      #expect(recording.sampleRate == 8000 && recording.channels == 1)
      #expect((1000..<20_000).contains(recording.count))
      #expect(recording.samples.absolute().maximum() > 0.01)
    }
  }
}
