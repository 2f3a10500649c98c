# Sourced by the scripts beside it: what the rows on epochs, data and checkpoints read, and where they write.
# Fashion-MNIST is that of Debian's package dataset-fashion-mnist, or of the folder that FASHION_MNIST names; without it images are
# synthetic, of the same sizes. The recordings are fsdd/recordings (the Free Spoken Digit Dataset) in ../shared/data beside the
# repository, or in the folder that DITHER_DATA names; without them there is no such row.
export DITHER_BENCH_FOLDER=$root/.build/bench-data
export DITHER_DATA=${DITHER_DATA:-$root/../shared/data}

# synthetic FOLDER: random pixels and labels, in files as Fashion-MNIST's.
synthetic() {
  local digits='[\000*26][\001*26][\002*26][\003*26][\004*26][\005*26][\006*25][\007*25][\010*25][\011*25]'
  { printf '\0\0\x08\x03\0\0\xea\x60\0\0\0\x1c\0\0\0\x1c' && head -c 47040000 /dev/urandom; } >"$1/train-images-idx3-ubyte"
  { printf '\0\0\x08\x01\0\0\xea\x60' && head -c 60000 /dev/urandom | LC_ALL=C tr '\000-\377' "$digits"; } \
    >"$1/train-labels-idx1-ubyte"
}

# images: into the folder, once, whole or not at all.
images() {
  local packed=${FASHION_MNIST:-/usr/share/datasets/fashion-mnist} name=Fashion-MNIST file
  [ -r "$packed/train-images-idx3-ubyte.gz" ] || name=synthetic
  [ ! -d "$DITHER_BENCH_FOLDER/$name" ] || return 0
  local folder=$DITHER_BENCH_FOLDER/$name.partial
  rm -rf "$DITHER_BENCH_FOLDER"
  mkdir -p "$folder"
  if [ "$name" = synthetic ]; then
    say "Fashion-MNIST is missing (Debian: dataset-fashion-mnist): images are synthetic, of the same sizes"
    synthetic "$folder"
  else
    for file in train-images-idx3-ubyte train-labels-idx1-ubyte; do gzip -dc "$packed/$file.gz" >"$folder/$file"; done
  fi
  mv "$folder" "$DITHER_BENCH_FOLDER/$name"
}
images
