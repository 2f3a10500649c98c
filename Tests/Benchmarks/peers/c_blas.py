"""The C interfaces of OpenBLAS, MKL and BLIS: python c_blas.py OpenBLAS|MKL|BLIS"""

import protocol  # first: it asks for the processors and sets the environment before libraries read it

import ctypes
import sys
from functools import partial
from pathlib import Path
from typing import Callable

import numpy as np

from data import Product, empty
from protocol import Case, Peer, Workload

NO_TRANSPOSE, TRANSPOSE = 111, 112
BUILT = Path(__file__).resolve().parents[3] / ".build" / "bench-peers"


def openblas() -> tuple[Callable, str]:
    import scipy_openblas32

    library = ctypes.CDLL(str(Path(scipy_openblas32.get_lib_dir()) / "libscipy_openblas.so"))
    library.scipy_openblas_set_num_threads(protocol.THREADS)
    protocol.bind_threads()
    library.scipy_openblas_get_config.restype = ctypes.c_char_p
    return library.scipy_cblas_sgemm, library.scipy_openblas_get_config().decode().strip()


def mkl() -> tuple[Callable, str]:
    library = ctypes.CDLL(str(Path(sys.prefix) / "lib" / "libmkl_rt.so.3"))
    library.MKL_Set_Num_Threads(protocol.THREADS)
    text = ctypes.create_string_buffer(256)
    library.MKL_Get_Version_String(text, len(text))
    return library.cblas_sgemm, text.value.decode().strip()


def blis() -> tuple[Callable, str]:
    library = ctypes.CDLL(str(next(Path("/usr/lib").glob("*/blis-openmp/libblis.so.4"))))
    library.bli_thread_set_num_threads(ctypes.c_int64(protocol.THREADS))
    library.bli_info_get_version_str.restype = ctypes.c_char_p
    return library.cblas_sgemm, library.bli_info_get_version_str().decode()


def product(sgemm: Callable, case: Case) -> Workload:
    operands = Product(case)
    left, right = operands.factors()
    result = empty(*operands.shape)
    repeat = ctypes.CDLL(str(BUILT / "repeat_sgemm.so")).repeat_sgemm
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

    def times(repetitions: int) -> None:
        repeat(sgemm, repetitions, *arguments)

    times(1)
    operands.verify(result)
    return Workload(lambda: times(1), repeat=times)


def pointer(matrix: np.ndarray) -> ctypes.c_void_p:
    """Its first element, as an argument that keeps the matrix alive."""
    return matrix.ctypes.data_as(ctypes.c_void_p)


LIBRARIES = {"OpenBLAS": openblas, "MKL": mkl, "BLIS": blis}

if __name__ == "__main__":
    name = sys.argv[1]
    sgemm, version = LIBRARIES[name]()
    settings = f"{protocol.THREADS} threads"
    protocol.main(Peer(name, version, settings, {"product": partial(product, sgemm)}))
