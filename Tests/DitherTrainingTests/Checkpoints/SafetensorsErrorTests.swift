import DitherTraining
import Testing

@Suite("What errors of safetensors files say")
struct SafetensorsErrorTests {
  @Test("The file, the byte, what was found and what was expected, on one line")
  func descriptions() {
    let malformed = SafetensorsError.malformed(
      file: "a.safetensors", offset: 12, found: "\"F8\"", expected: "\"F32\"")
    #expect("\(malformed)" == "a.safetensors, byte 12: \"F8\"; expected \"F32\"")
    #expect("\(SafetensorsError.missing(file: "b"))".hasPrefix("b: no such file"))
    #expect("\(SafetensorsError.noSpace(file: "c"))".hasPrefix("c: no space left"))
    let refused = SafetensorsError.notWritten(file: "d", reason: "open: Permission denied")
    #expect("\(refused)".contains("open: Permission denied"))
    #expect(
      "\(SafetensorsError.unreadable(file: "e", reason: "a directory"))".contains("a directory"))
  }
}
