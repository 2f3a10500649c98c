# Sourced by the scripts beside it: the repository's root and the Swift toolchain's other tools.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '==> %s\n' "$*"; }
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# The directory of clang, llvm-nm, docc and the others that come with `swift`.
toolchain() {
  local resources
  resources=$(swift -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
  (cd "$resources/../../bin" && pwd)
}
