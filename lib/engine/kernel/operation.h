// What every operation needs of TensorFlow's C interface: status, tensors, and how an operation is registered.
#pragma once

#include <xmmintrin.h>

#include <memory>
#include <string>
#include <vector>

#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_tensor.h"

namespace afos {

struct DeleteStatus {
  void operator()(TF_Status* status) const { TF_DeleteStatus(status); }
};
struct DeleteTensor {
  void operator()(TF_Tensor* tensor) const { TF_DeleteTensor(tensor); }
};

class Status {
 public:
  TF_Status* get() const { return status_.get(); }
  bool ok() const { return TF_GetCode(status_.get()) == TF_OK; }
  void set(const std::string& message) { TF_SetStatus(status_.get(), TF_INVALID_ARGUMENT, message.c_str()); }

 private:
  std::unique_ptr<TF_Status, DeleteStatus> status_{TF_NewStatus()};
};

using Tensor = std::unique_ptr<TF_Tensor, DeleteTensor>;

// Numbers below the normal ones count as 0, as in TensorFlow's own operations.
class FlushDenormals {
 public:
  FlushDenormals() : before_(_mm_getcsr()) { _mm_setcsr(before_ | 0x8040u); }
  ~FlushDenormals() { _mm_setcsr(before_); }
  FlushDenormals(const FlushDenormals&) = delete;
  FlushDenormals& operator=(const FlushDenormals&) = delete;

 private:
  unsigned before_;
};

template <class Number>
Number* data(const Tensor& tensor) {
  return static_cast<Number*>(TF_TensorData(tensor.get()));
}

inline Tensor input_of(TF_OpKernelContext* context, int at, const Status& status) {
  TF_Tensor* tensor = nullptr;
  TF_GetInput(context, at, &tensor, status.get());
  return Tensor(tensor);
}

inline std::vector<int64_t> shape_of(const Tensor& tensor) {
  std::vector<int64_t> shape;
  for (int i = 0; i < TF_NumDims(tensor.get()); i++) shape.push_back(TF_Dim(tensor.get(), i));
  return shape;
}

// The first output: in the place of the first input where nobody else reads that.
inline Tensor forwarded_output(TF_OpKernelContext* context, const std::vector<int64_t>& shape, const Status& status) {
  int candidate = 0;
  int taken = -1;
  return Tensor(TF_ForwardInputOrAllocateOutput(context, &candidate, 1, 0, shape.data(), static_cast<int>(shape.size()),
                                                &taken, status.get()));
}

// All outputs have the first input's shape.
template <int kOutputs>
void infer_shapes(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeHandle* shape = TF_NewShapeHandle();
  TF_ShapeInferenceContextGetInput(context, 0, shape, status);
  for (int i = 0; i < kOutputs && TF_GetCode(status) == TF_OK; i++) {
    TF_ShapeInferenceContextSetOutput(context, i, shape, status);
  }
  TF_DeleteShapeHandle(shape);
}

// The output's shape is known when the operation runs.
inline void infer_unknown_shape(TF_ShapeInferenceContext* context, TF_Status* status) {
  TF_ShapeInferenceContextSetUnknownShape(context, status);
}

// An operation, its kernels and how they are called.
struct Definition {
  const char* name;
  std::vector<const char*> inputs;
  std::vector<const char*> outputs;
  std::vector<const char*> attributes;
  std::vector<TF_DataType> types;  // of the attribute T, a kernel for each
  void (*infer)(TF_ShapeInferenceContext*, TF_Status*);
  void* (*create)(TF_OpKernelConstruction*);
  void (*compute)(void*, TF_OpKernelContext*);
  void (*destroy)(void*);
};

// Their definitions, in files of their own.
std::vector<Definition> activation_definitions();
std::vector<Definition> filter_gradient_definitions();
std::vector<Definition> mask_definitions();

}  // namespace afos
