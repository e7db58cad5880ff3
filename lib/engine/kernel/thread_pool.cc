// The one place that needs TensorFlow's C++ interface, as the C interface has no threads: a TF_OpKernelContext is a
// tensorflow::OpKernelContext.
#include "thread_pool.h"

#include <cstdint>

#include "tensorflow/core/framework/op_kernel.h"

namespace afos {

void parallel_for(void* context, size_t count, double cycles, const std::function<void(size_t, size_t)>& f) {
  const auto* device = static_cast<tensorflow::OpKernelContext*>(context)->device();
  device->tensorflow_cpu_worker_threads()->workers->ParallelFor(
      static_cast<int64_t>(count), tsl::thread::ThreadPool::SchedulingParams::Adaptive(static_cast<int64_t>(cycles)),
      [&f](int64_t from, int64_t to) { f(static_cast<size_t>(from), static_cast<size_t>(to)); });
}

}  // namespace afos
