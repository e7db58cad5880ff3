// The TensorFlow operation around a filter gradient:
//
//   AfosConv2DFilterGrad(x, dy; kernel_height, kernel_width, stride, top, left) -> dw
//
// x [images, height, width, in] and dy [images, out_height, out_width, out] are bfloat16, dw [kernel_height,
// kernel_width, in, out] is float32.
#include <string>
#include <vector>

#include "filter_gradient.h"
#include "operation.h"
#include "thread_pool.h"

namespace afos {
namespace {

void* create(TF_OpKernelConstruction* construction) {
  Status status;
  auto* convolution = new Convolution();
  const auto read = [&](const char* name, int& value) {
    int32_t number = 0;
    if (status.ok()) TF_OpKernelConstruction_GetAttrInt32(construction, name, &number, status.get());
    value = number;
  };
  read("kernel_height", convolution->kernel_height);
  read("kernel_width", convolution->kernel_width);
  read("stride", convolution->stride);
  read("top", convolution->top);
  read("left", convolution->left);
  const Convolution& c = *convolution;
  if (status.ok() && (c.kernel_height < 1 || c.kernel_width < 1 || c.stride < 1 || c.top < 0 || c.left < 0)) {
    status.set("Expected a kernel and a stride of at least 1, and padding of at least 0");
  }
  if (status.ok()) return convolution;
  delete convolution;
  TF_OpKernelConstruction_Failure(construction, status.get());
  return nullptr;
}

void destroy(void* kernel) { delete static_cast<Convolution*>(kernel); }

void compute(void* kernel, TF_OpKernelContext* context) {
  Status status;
  const Tensor x = input_of(context, 0, status);
  const Tensor dy = status.ok() ? input_of(context, 1, status) : nullptr;
  if (!status.ok()) return TF_OpKernelContext_Failure(context, status.get());
  const std::vector<int64_t> from = shape_of(x);
  const std::vector<int64_t> to = shape_of(dy);
  Convolution c = *static_cast<Convolution*>(kernel);
  const auto fits = [&](int64_t size, int64_t out, int before, int window) {
    return (out - 1) * c.stride < size + before && (out - 1) * c.stride + window - before < size + window;
  };
  if (from.size() != 4 || to.size() != 4 || from[0] != to[0] || !fits(from[1], to[1], c.top, c.kernel_height) ||
      !fits(from[2], to[2], c.left, c.kernel_width)) {
    status.set("Expected images and the gradient of a convolution's output");
    return TF_OpKernelContext_Failure(context, status.get());
  }
  c.images = static_cast<int>(from[0]);
  c.height = static_cast<int>(from[1]);
  c.width = static_cast<int>(from[2]);
  c.in = static_cast<int>(from[3]);
  c.out_height = static_cast<int>(to[1]);
  c.out_width = static_cast<int>(to[2]);
  c.out = static_cast<int>(to[3]);
  const int64_t shape[] = {c.kernel_height, c.kernel_width, c.in, c.out};
  const size_t bytes = sizeof(float) * c.kernel_height * c.kernel_width * c.in * c.out;
  const Tensor dw(TF_AllocateOutput(context, 0, TF_FLOAT, shape, 4, bytes, status.get()));
  if (!status.ok()) return TF_OpKernelContext_Failure(context, status.get());
  filter_gradient(c, data<uint16_t>(x), data<uint16_t>(dy), data<float>(dw),
                  [&](size_t count, double cycles, const std::function<void(size_t, size_t)>& f) {
                    parallel_for(context, count, cycles, f);
                  });
}

}  // namespace

std::vector<Definition> filter_gradient_definitions() {
  return {{"AfosConv2DFilterGrad",
           {"x: T", "dy: T"},
           {"dw: float"},
           {"T: {bfloat16} = DT_BFLOAT16", "kernel_height: int", "kernel_width: int", "stride: int", "top: int",
            "left: int"},
           {TF_BFLOAT16},
           infer_unknown_shape,
           create,
           compute,
           destroy}};
}

}  // namespace afos
