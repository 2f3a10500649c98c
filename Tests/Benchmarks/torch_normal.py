"""Times PyTorch's normal_ when asked: for each line on standard input, one line with nanoseconds a draw."""

import sys
import time

import torch

count = int(sys.argv[1])
torch.set_num_threads(int(sys.argv[2]))
tensor = torch.empty(count)
tensor.normal_()
print(torch.__version__, flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    tensor.normal_()
    print((time.perf_counter() - start) / count * 1e9, flush=True)
