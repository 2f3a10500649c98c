"""Writes the files that the tests of DitherData read: by NumPy, SciPy and librosa, and IDX by the format's description.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_data_reference.py
"""

import struct
import wave
from pathlib import Path

import librosa
import numpy as np
from scipy.io import wavfile

FOLDER = Path(__file__).parents[1] / "DitherDataTests" / "Resources"


def numbers(least):
    return (np.arange(24) * 7 % 23 + least).reshape(2, 3, 4)


def write_npy():
    for name in ["f4", "f8", "i1", "i2", "i4", "i8"]:
        np.save(FOLDER / f"{name}.npy", numbers(-9).astype(f"<{name}"))
    for name in ["u1", "u2", "u4", "u8"]:
        np.save(FOLDER / f"{name}.npy", numbers(200).astype(f"<{name}"))
    for name in ["f4", "f8", "i2"]:
        np.save(FOLDER / f"{name}-big-endian.npy", numbers(-9).astype(f">{name}"))
    for name in ["f4", "i4"]:
        np.save(FOLDER / f"{name}-fortran.npy", np.asfortranarray(numbers(-9).astype(f"<{name}")))
    for version in [2, 3]:
        with open(FOLDER / f"f4-version{version}.npy", "wb") as file:
            np.lib.format.write_array(file, numbers(-9).astype("<f4"), version=(version, 0))
    np.save(FOLDER / "b1.npy", np.array([True, False, True]))
    np.save(FOLDER / "scalar.npy", np.float32(2.5))
    np.save(FOLDER / "empty.npy", np.zeros((0, 3), "<f4"))
    np.save(FOLDER / "i8-large.npy", np.array([2**53 + 1, -(2**24) - 1, 2**24 + 3, -(2**63)]))
    np.save(FOLDER / "f8-fine.npy", np.array([0.1, 1 + 2.0**-30, 3.4028235e38]))


def write_idx():
    codes = {"uint8": 8, "int8": 9, "int16": 11, "int32": 12, "float32": 13, "float64": 14}
    for name, code in codes.items():
        values = numbers(200 if name == "uint8" else -9).astype(np.dtype(name).newbyteorder(">"))
        header = struct.pack(">HBBIII", 0, code, 3, 2, 3, 4)
        (FOLDER / f"{name}.idx").write_bytes(header + values.tobytes())


def whole(bits):
    return (np.arange(8) * 2654435761 + 97) % 2**bits - 2 ** (bits - 1)


def write_wav():
    wavfile.write(FOLDER / "u8.wav", 8000, (whole(8) + 128).astype("u1"))
    wavfile.write(FOLDER / "i16.wav", 8000, whole(16).astype("<i2"))
    wavfile.write(FOLDER / "i32.wav", 8000, whole(32).astype("<i4"))
    with wave.open(str(FOLDER / "i24.wav"), "wb") as file:
        file.setparams((1, 3, 8000, 0, "NONE", ""))
        file.writeframes(b"".join(struct.pack("<i", value)[:3] for value in whole(24)))
    for name in ["f4", "f8"]:
        values = np.array([0, 0.5, -1, 1.5, 0.1], f"<{name}")
        wavfile.write(FOLDER / f"f{8 * int(name[1])}.wav", 8000, values)
    frames = np.array([[1, -1], [2, 4], [3, 32]], "<i2")
    wavfile.write(FOLDER / "stereo.wav", 44100, frames)
    # WAVE_FORMAT_EXTENSIBLE: the code of PCM as a GUID.
    guid = bytes.fromhex("0100000000001000800000aa00389b71")
    fmt = struct.pack("<HHIIHHHHI", 0xFFFE, 2, 44100, 176400, 4, 16, 22, 16, 3) + guid
    body = b"WAVEfmt " + struct.pack("<I", len(fmt)) + fmt
    body += b"data" + struct.pack("<I", frames.nbytes) + frames.tobytes()
    (FOLDER / "extensible.wav").write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)


def write_features():
    time = np.arange(2000) / 8000
    sweep = 0.5 * np.sin(2 * np.pi * (100 * time + 6000 * time**2))
    sweep += np.random.default_rng(1).normal(0, 0.05, time.size)
    wavfile.write(FOLDER / "sweep.wav", 8000, np.round(sweep * 32768).astype("<i2"))
    samples = wavfile.read(FOLDER / "sweep.wav")[1] / 32768
    options = {
        "mel-slaney": dict(n_fft=256, win_length=200, hop_length=80, center=False, n_mels=40),
        "mel-htk": dict(
            n_fft=256, win_length=200, hop_length=80, center=False, n_mels=24, fmin=60, fmax=3500, htk=True, norm=None
        ),
        "mel-centered": dict(n_fft=512, win_length=201, hop_length=77, center=True, pad_mode="constant", n_mels=40),
    }
    for name, each in options.items():
        power = librosa.feature.melspectrogram(y=samples, sr=8000, window="hann", power=2, dtype=np.float64, **each)
        np.save(FOLDER / f"{name}.npy", np.log(np.maximum(power.T, 1e-10)).astype("<f4", order="C"))


write_npy()
write_idx()
write_wav()
write_features()
