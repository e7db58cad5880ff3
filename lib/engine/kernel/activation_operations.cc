// TensorFlow operations around a program:
//
//   AfosActivation(x; program) -> y                   y = f(x)
//   AfosActivationWithSlope(x; program) -> y, slope   and slope = f'(x), for training
//   AfosActivationGrad(dy, slope) -> dx               dx = dy · slope, and 0 where the slope is 0
//
// T is float or bfloat16. All tensors have x's shape.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "float_bits.h"
#include "operation.h"
#include "program.h"
#include "thread_pool.h"

namespace afos {
namespace {

constexpr size_t kFewBlocks = 16;  // below them other threads do not help

// f(from, to) over parts of [0, count), each of whole blocks but the last.
template <class Function>
void for_parts(TF_OpKernelContext* context, size_t count, double cycles, const Function& f) {
  const auto part = [&](size_t from, size_t to) {
    const FlushDenormals flush;
    f(from * kBlock, std::min(count, to * kBlock));
  };
  const size_t blocks = (count + kBlock - 1) / kBlock;
  if (blocks < kFewBlocks) return part(0, blocks);
  parallel_for(context, blocks, cycles * kBlock, part);
}

void activate(TF_OpKernelContext* context, Program& program, const float* x, float* y, float* d, size_t count) {
  for_parts(context, count, 3,
            [&](size_t from, size_t to) { program.run(x + from, y + from, d ? d + from : nullptr, to - from); });
}

// Results may take the place of what they are made of, number by number: the loops below are told so, as otherwise they
// would not be vectorised.

void activate(TF_OpKernelContext* context, Program& program, const uint16_t* x, uint16_t* y, uint16_t* d,
              size_t count) {
  const uint32_t* table = program.table();
  for_parts(context, count, 0.5, [&](size_t from, size_t to) {
    if (!d) {
#pragma GCC ivdep
      for (size_t i = from; i < to; i++) y[i] = static_cast<uint16_t>(table[x[i]]);
      return;
    }
#pragma GCC ivdep
    for (size_t i = from; i < to; i++) {
      const uint32_t both = table[x[i]];
      y[i] = static_cast<uint16_t>(both);
      d[i] = static_cast<uint16_t>(both >> 16);
    }
  });
}

// dy · slope, and 0 where the slope is 0.
AFOS_INLINE float gradient(float dy, float slope) {
  return from_bits(to_bits(dy * slope) & -static_cast<uint32_t>(slope != 0.f));
}

void multiply(TF_OpKernelContext* context, const float* dy, const float* slope, float* dx, size_t count) {
  for_parts(context, count, 0.5, [&](size_t from, size_t to) {
#pragma GCC ivdep
    for (size_t i = from; i < to; i++) dx[i] = gradient(dy[i], slope[i]);
  });
}

void multiply(TF_OpKernelContext* context, const uint16_t* dy, const uint16_t* slope, uint16_t* dx, size_t count) {
  for_parts(context, count, 0.5, [&](size_t from, size_t to) {
#pragma GCC ivdep
    for (size_t i = from; i < to; i++) {
      dx[i] = to_bfloat16(gradient(from_bfloat16(dy[i]), from_bfloat16(slope[i])));
    }
  });
}

// A kernel's program; shared by all kernels of the same text.
using Kernel = std::shared_ptr<Program>;

void* create_activation(TF_OpKernelConstruction* construction) {
  Status status;
  int32_t length = 0;
  int32_t size = 0;
  TF_OpKernelConstruction_GetAttrSize(construction, "program", &length, &size, status.get());
  std::string text(status.ok() ? static_cast<size_t>(size) : 0, '\0');
  if (status.ok()) {
    TF_OpKernelConstruction_GetAttrString(construction, "program", text.data(), text.size(), status.get());
  }
  Kernel program;
  if (status.ok()) {
    std::string error;
    program = Program::of(text, error);
    if (!program) status.set(error);
  }
  if (status.ok()) return new Kernel(program);
  TF_OpKernelConstruction_Failure(construction, status.get());
  return nullptr;
}

void destroy_activation(void* kernel) { delete static_cast<Kernel*>(kernel); }

template <bool kWithSlope>
void compute_activation(void* kernel, TF_OpKernelContext* context) {
  Status status;
  const Tensor x = input_of(context, 0, status);
  if (!status.ok()) return TF_OpKernelContext_Failure(context, status.get());
  const std::vector<int64_t> shape = shape_of(x);
  const TF_DataType type = TF_TensorType(x.get());
  const Tensor y = forwarded_output(context, shape, status);
  Tensor slope;
  if (kWithSlope && status.ok()) {
    slope.reset(TF_AllocateOutput(context, 1, type, shape.data(), static_cast<int>(shape.size()),
                                  TF_TensorByteSize(x.get()), status.get()));
  }
  if (!status.ok()) return TF_OpKernelContext_Failure(context, status.get());
  Program& program = **static_cast<Kernel*>(kernel);
  const auto count = static_cast<size_t>(TF_TensorElementCount(x.get()));
  const auto run = [&](auto zero) {
    using Number = decltype(zero);
    activate(context, program, data<Number>(x), data<Number>(y), kWithSlope ? data<Number>(slope) : nullptr, count);
  };
  if (type == TF_FLOAT) {
    run(float{});
  } else {
    run(uint16_t{});
  }
}

void compute_gradient(void*, TF_OpKernelContext* context) {
  Status status;
  const Tensor dy = input_of(context, 0, status);
  const Tensor slope = status.ok() ? input_of(context, 1, status) : nullptr;
  if (!status.ok()) return TF_OpKernelContext_Failure(context, status.get());
  const int64_t count = TF_TensorElementCount(dy.get());
  if (count != TF_TensorElementCount(slope.get())) {
    status.set("Expected dy and slope of the same shape, got " + std::to_string(count) + " and " +
               std::to_string(TF_TensorElementCount(slope.get())) + " numbers");
    return TF_OpKernelContext_Failure(context, status.get());
  }
  const Tensor dx = forwarded_output(context, shape_of(dy), status);
  if (!status.ok()) return TF_OpKernelContext_Failure(context, status.get());
  const auto run = [&](auto zero) {
    using Number = decltype(zero);
    multiply(context, data<Number>(dy), data<Number>(slope), data<Number>(dx), static_cast<size_t>(count));
  };
  if (TF_TensorType(dy.get()) == TF_FLOAT) {
    run(float{});
  } else {
    run(uint16_t{});
  }
}

}  // namespace

std::vector<Definition> activation_definitions() {
  const char* type = "T: {float, bfloat16} = DT_FLOAT";
  const std::vector<TF_DataType> types = {TF_FLOAT, TF_BFLOAT16};
  return {
      {"AfosActivation",
       {"x: T"},
       {"y: T"},
       {type, "program: string"},
       types,
       infer_shapes<1>,
       create_activation,
       compute_activation<false>,
       destroy_activation},
      {"AfosActivationWithSlope",
       {"x: T"},
       {"y: T", "slope: T"},
       {type, "program: string"},
       types,
       infer_shapes<2>,
       create_activation,
       compute_activation<true>,
       destroy_activation},
      {"AfosActivationGrad",
       {"dy: T", "slope: T"},
       {"dx: T"},
       {type},
       types,
       infer_shapes<1>,
       nullptr,
       compute_gradient,
       nullptr},
  };
}

}  // namespace afos
