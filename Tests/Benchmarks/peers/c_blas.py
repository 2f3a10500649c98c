"""The C interfaces of OpenBLAS, MKL and BLIS: python c_blas.py OpenBLAS|MKL|BLIS"""

import protocol  # first: it asks for the processors and sets the environment before libraries read it

import ctypes
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Callable

import numpy as np

from data import Product, empty
from protocol import Case, Peer, Workload

NO_TRANSPOSE, TRANSPOSE = 111, 112
BUILT = Path(__file__).resolve().parents[3] / ".build" / "bench-peers"


@dataclass
class Library:
    """What a library calls its products of two matrices, and of a matrix and a vector; its version."""

    sgemm: Callable
    sgemv: Callable
    version: str


def openblas() -> Library:
    import scipy_openblas32

    library = ctypes.CDLL(str(Path(scipy_openblas32.get_lib_dir()) / "libscipy_openblas.so"))
    library.scipy_openblas_set_num_threads(protocol.THREADS)
    protocol.bind_threads()
    library.scipy_openblas_get_config.restype = ctypes.c_char_p
    version = library.scipy_openblas_get_config().decode().strip()
    return Library(library.scipy_cblas_sgemm, library.scipy_cblas_sgemv, version)


def mkl() -> Library:
    library = ctypes.CDLL(str(Path(sys.prefix) / "lib" / "libmkl_rt.so.3"))
    library.MKL_Set_Num_Threads(protocol.THREADS)
    text = ctypes.create_string_buffer(256)
    library.MKL_Get_Version_String(text, len(text))
    return Library(library.cblas_sgemm, library.cblas_sgemv, text.value.decode().strip())


def blis() -> Library:
    library = ctypes.CDLL(str(next(Path("/usr/lib").glob("*/blis-openmp/libblis.so.4"))))
    library.bli_thread_set_num_threads(ctypes.c_int64(protocol.THREADS))
    library.bli_info_get_version_str.restype = ctypes.c_char_p
    return Library(library.cblas_sgemm, library.cblas_sgemv, library.bli_info_get_version_str().decode())


def product(library: Library, case: Case) -> Workload:
    """By the product of two matrices or, where a side of the result is 1 and that is faster, of a matrix and a vector."""
    operands = Product(case)
    result = empty(*operands.shape)
    built = ctypes.CDLL(str(BUILT / "repeat_products.so"))
    ways = [by_matrices(built.repeat_sgemm, library.sgemm, operands, result)]
    if 1 in operands.shape:
        ways.append(by_vector(built.repeat_sgemv, library.sgemv, operands, result))
    for times in ways:
        result.fill(np.nan)
        times(1)
        operands.verify(result)
    times = min(ways, key=seconds)
    return Workload(lambda: times(1), repeat=times)


def by_matrices(repeat: Callable, sgemm: Callable, operands: Product, result: np.ndarray) -> Callable[[int], None]:
    left, right = operands.factors()
    arguments = (
        NO_TRANSPOSE if left is operands.left else TRANSPOSE,
        NO_TRANSPOSE if right is operands.right else TRANSPOSE,
        *result.shape,
        left.shape[1],
        pointer(operands.left),
        operands.left.shape[1],
        pointer(operands.right),
        operands.right.shape[1],
        pointer(result),
    )
    return lambda repetitions: repeat(sgemm, repetitions, *arguments)


def by_vector(repeat: Callable, sgemv: Callable, operands: Product, result: np.ndarray) -> Callable[[int], None]:
    """A result of one row is its column: the right factor transposed, times the left one."""
    left, right = operands.factors()
    if result.shape[1] == 1:
        matrix, vector, transposed = operands.left, operands.right, left is not operands.left
    else:
        matrix, vector, transposed = operands.right, operands.left, right is operands.right
    arguments = (
        TRANSPOSE if transposed else NO_TRANSPOSE,
        *matrix.shape,
        pointer(matrix),
        pointer(vector),
        pointer(result),
    )
    return lambda repetitions: repeat(sgemv, repetitions, *arguments)


def seconds(times: Callable[[int], None]) -> float:
    """The least time of a call, of several turns of a millisecond or more."""
    repetitions, least = 1, float("inf")
    for _ in range(20):
        start = perf_counter()
        times(repetitions)
        elapsed = perf_counter() - start
        if elapsed < 1e-3:
            repetitions *= 2
        else:
            least = min(least, elapsed / repetitions)
    return least


def pointer(matrix: np.ndarray) -> ctypes.c_void_p:
    """Its first element, as an argument that keeps the matrix alive."""
    return matrix.ctypes.data_as(ctypes.c_void_p)


LIBRARIES = {"OpenBLAS": openblas, "MKL": mkl, "BLIS": blis}

if __name__ == "__main__":
    name = sys.argv[1]
    library = LIBRARIES[name]()
    settings = f"{protocol.THREADS} threads; where a side of the result is 1, the faster of sgemm and sgemv"
    protocol.main(Peer(name, library.version, settings, {"product": partial(product, library)}))
