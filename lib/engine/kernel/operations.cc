// Registers the operations of this folder with TensorFlow, through its C interface.
#include <string>
#include <vector>

#include "filter_gradient.h"
#include "operation.h"

namespace afos {
namespace {

// Registers an operation with its kernels; gives an error message, or an empty text.
std::string define(const Definition& definition) {
  Status status;
  TF_OpDefinitionBuilder* operation = TF_NewOpDefinitionBuilder(definition.name);
  for (const char* input : definition.inputs) TF_OpDefinitionBuilderAddInput(operation, input);
  for (const char* output : definition.outputs) TF_OpDefinitionBuilderAddOutput(operation, output);
  for (const char* attribute : definition.attributes) TF_OpDefinitionBuilderAddAttr(operation, attribute);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(operation, definition.infer);
  TF_RegisterOpDefinition(operation, status.get());
  for (const TF_DataType type : definition.types) {
    if (!status.ok()) break;
    TF_KernelBuilder* kernel =
        TF_NewKernelBuilder(definition.name, "CPU", definition.create, definition.compute, definition.destroy);
    TF_KernelBuilder_TypeConstraint(kernel, "T", type, status.get());
    if (status.ok()) TF_RegisterKernelBuilder(definition.name, kernel, status.get());
  }
  return status.ok() ? "" : std::string(definition.name) + ": " + TF_Message(status.get());
}

std::string define_all() {
  for (const auto& definitions : {activation_definitions(), filter_gradient_definitions(), mask_definitions()}) {
    for (const Definition& definition : definitions) {
      if (std::string error = define(definition); !error.empty()) return error;
    }
  }
  return "";
}

}  // namespace
}  // namespace afos

// Registers the operations, once in a process; gives an error message, or an empty text.
extern "C" __attribute__((visibility("default"))) const char* afos_register() {
  static const std::string error = afos::define_all();
  return error.c_str();
}

// Whether the operations were compiled for a processor that multiplies bfloat16 numbers.
extern "C" __attribute__((visibility("default"))) int afos_multiplies_bfloat16() {
  return afos::multiplies_bfloat16() ? 1 : 0;
}
