import Foundation
import TestSupport
import Testing

@Suite("NoiseGallery")
struct GalleryTests {
  static let docs = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../docs").standardizedFileURL

  @Test("Writes the page and the pictures that docs has, to the byte")
  func files() throws {
    let scratch = try Scratch()
    let outcome = try Executable(name: "NoiseGallery").run([scratch.path("pages")])
    #expect(outcome.exitCode == 0, "\(outcome.error)")
    #expect(outcome.output.contains("pages/gallery.md"))
    let written = scratch.url.appending(path: "pages")
    let pictures = try names(of: written)
    #expect(pictures == (try names(of: Self.docs)), "`make gallery` writes docs/gallery again")
    #expect(pictures.count > 20)
    for path in ["gallery.md"] + pictures.map({ "gallery/" + $0 }) {
      let isEqual = FileManager.default.contentsEqual(
        atPath: written.appending(path: path).path, andPath: Self.docs.appending(path: path).path)
      #expect(isEqual, "\(path): `make gallery` writes docs/gallery again")
    }
  }

  @Test("The page shows every picture, and no other")
  func links() throws {
    let page = try String(contentsOf: Self.docs.appending(path: "gallery.md"), encoding: .utf8)
    let shown = page.matches(of: /\]\(gallery\/([^)]*)\)/).map { String($0.output.1) }
    #expect(shown.sorted() == (try names(of: Self.docs)))
  }

  @Test("A file in the folder's place is a failure that names it")
  func noFolder() throws {
    let scratch = try Scratch()
    let file = try scratch.write("", to: "file")
    let outcome = try Executable(name: "NoiseGallery").run([file])
    #expect(outcome.exitCode != 0)
    #expect(outcome.error.contains("file"))
  }

  private func names(of folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "gallery").path)
      .sorted()
  }
}
