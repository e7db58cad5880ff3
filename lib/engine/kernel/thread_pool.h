// Work on TensorFlow's own threads.
#pragma once

#include <cstddef>
#include <functional>

namespace afos {

// Calls f(from, to) for parts of [0, count) on the threads of the device that a kernel runs on, and waits for all.
// `context` is the kernel's TF_OpKernelContext, `cycles` about what one of the count takes.
void parallel_for(void* context, size_t count, double cycles, const std::function<void(size_t, size_t)>& f);

}  // namespace afos
