// A function of one variable as a program over registers: it computes the function, and by forward differentiation its
// derivative, block by block.
//
// Its text are steps with ";" between them: an operator with the numbers of its operands ("mul 0 2"), or "constant"
// with a number. Value 0 is x, step k makes value k (counted from 1), and the last step is the function. A last step
// "result V D" makes value V the function, and value D its derivative, which then is not found by differentiation.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "primitives.h"

namespace afos {

class Program {
 public:
  // The program of a text, shared by all who ask for it; or null, and `error` says what is wrong with the text.
  static std::shared_ptr<Program> of(const std::string& text, std::string& error);

  // y = f(x), and d = f'(x) unless d is null, for `count` numbers. y may be x.
  void run(const float* x, float* y, float* d, size_t count) const;

  // For each bfloat16 number, by its bits: f(x) in the lower half, f'(x) in the upper half. Made at the first call.
  const uint32_t* table();

 private:
  struct Step {
    Compute compute;
    Want want;
    int operands;
    int operand[kMostOperands];  // registers
    int result;                  // register
  };

  Program() = default;
  std::string parse(const std::string& text);
  void block(const float* x, float* y, float* d) const;

  std::vector<Step> steps_;
  std::vector<Block> constants_;
  int registers_ = 0;  // x, the constants, then those that steps write to
  int value_ = 0;      // register of the result
  int slope_ = -1;     // register whose value is the derivative; -1: it comes by differentiation
  std::once_flag tabulated_;
  std::vector<uint32_t> table_;
};

}  // namespace afos
