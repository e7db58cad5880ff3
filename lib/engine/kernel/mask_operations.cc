// TensorFlow operations for dropout:
//
//   AfosRandomMask(shape, seed; rate) -> kept    whether the numbers of StatelessRandomUniform are at least `rate`
//   AfosMask(x, kept; factor) -> y               y = x · factor where kept, else x · 0
//
// shape and seed (two numbers) are int32, kept is bool, T float or bfloat16.
#include <string>
#include <vector>

#include "float_bits.h"
#include "operation.h"
#include "random_mask.h"
#include "thread_pool.h"

namespace afos {
namespace {

constexpr size_t kPart = 4096;  // numbers that a thread makes at a time

// f(from, to) over parts of [0, count).
template <class Function>
void for_parts(TF_OpKernelContext* context, size_t count, double cycles, const Function& f) {
  parallel_for(context, (count + kPart - 1) / kPart, cycles * kPart,
               [&](size_t from, size_t to) { f(from * kPart, std::min(count, to * kPart)); });
}

// A kernel is a number: the rate or the factor.
template <const char* kName>
void* create(TF_OpKernelConstruction* construction) {
  Status status;
  float number = 0;
  TF_OpKernelConstruction_GetAttrFloat(construction, kName, &number, status.get());
  if (status.ok()) return new float(number);
  TF_OpKernelConstruction_Failure(construction, status.get());
  return nullptr;
}

void destroy(void* kernel) { delete static_cast<float*>(kernel); }

constexpr char kRate[] = "rate";
constexpr char kFactor[] = "factor";

void compute_random(void* kernel, TF_OpKernelContext* context) {
  Status status;
  const Tensor sizes = input_of(context, 0, status);
  const Tensor seed = status.ok() ? input_of(context, 1, status) : nullptr;
  if (status.ok() && TF_TensorElementCount(seed.get()) != 2) status.set("Expected a seed of two numbers");
  if (!status.ok()) return TF_OpKernelContext_Failure(context, status.get());
  std::vector<int64_t> shape;
  size_t count = 1;
  for (int i = 0; i < TF_TensorElementCount(sizes.get()); i++) {
    shape.push_back(data<int32_t>(sizes)[i]);
    count *= static_cast<size_t>(shape.back());
  }
  const Tensor kept(
      TF_AllocateOutput(context, 0, TF_BOOL, shape.data(), static_cast<int>(shape.size()), count, status.get()));
  if (!status.ok()) return TF_OpKernelContext_Failure(context, status.get());
  const RandomMask mask(data<int32_t>(seed)[0], data<int32_t>(seed)[1]);
  const float rate = *static_cast<float*>(kernel);
  for_parts(context, count, 3,
            [&](size_t from, size_t to) { mask.fill(data<uint8_t>(kept) + from, from, to - from, rate); });
}

AFOS_INLINE float product(float x, float factor) { return x * factor; }
AFOS_INLINE uint16_t product(uint16_t x, float factor) { return to_bfloat16(from_bfloat16(x) * factor); }

// y may be x.
template <class Number>
void multiply(const Number* x, const uint8_t* kept, Number* y, size_t count, float factor) {
#pragma GCC ivdep
  for (size_t i = 0; i < count; i++) y[i] = product(x[i], static_cast<float>(kept[i]) * factor);
}

void compute_mask(void* kernel, TF_OpKernelContext* context) {
  Status status;
  const Tensor x = input_of(context, 0, status);
  const Tensor kept = status.ok() ? input_of(context, 1, status) : nullptr;
  if (status.ok() && TF_TensorElementCount(x.get()) != TF_TensorElementCount(kept.get())) {
    status.set("Expected x and kept of the same shape");
  }
  if (!status.ok()) return TF_OpKernelContext_Failure(context, status.get());
  const Tensor y = forwarded_output(context, shape_of(x), status);
  if (!status.ok()) return TF_OpKernelContext_Failure(context, status.get());
  const float factor = *static_cast<float*>(kernel);
  const auto run = [&](auto zero) {
    using Number = decltype(zero);
    const Number* from = data<Number>(x);
    const uint8_t* mask = data<uint8_t>(kept);
    Number* to = data<Number>(y);
    for_parts(context, static_cast<size_t>(TF_TensorElementCount(x.get())), 0.5, [&](size_t begin, size_t end) {
      const FlushDenormals flush;
      multiply(from + begin, mask + begin, to + begin, end - begin, factor);
    });
  };
  if (TF_TensorType(x.get()) == TF_FLOAT) {
    run(float{});
  } else {
    run(uint16_t{});
  }
}

}  // namespace

std::vector<Definition> mask_definitions() {
  return {{"AfosRandomMask",
           {"shape: T", "seed: T"},
           {"kept: bool"},
           {"T: {int32} = DT_INT32", "rate: float"},
           {TF_INT32},
           infer_unknown_shape,
           create<kRate>,
           compute_random,
           destroy},
          {"AfosMask",
           {"x: T", "kept: bool"},
           {"y: T"},
           {"T: {float, bfloat16} = DT_FLOAT", "factor: float"},
           {TF_FLOAT, TF_BFLOAT16},
           infer_shapes<1>,
           create<kFactor>,
           compute_mask,
           destroy}};
}

}  // namespace afos
