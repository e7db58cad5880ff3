// The gradient of a convolution's kernel, from images and the gradient of its output in bfloat16; sums are float32.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace afos {

// A convolution over images [images, height, width, in] with an output [images, out_height, out_width, out].
struct Convolution {
  int images;
  int height;
  int width;
  int in;
  int out_height;
  int out_width;
  int out;
  int kernel_height;
  int kernel_width;
  int stride;
  int top;   // rows of zeros above the images
  int left;  // columns of zeros before them
};

// Calls f(from, to) for parts of [0, count), each of about as many cycles times what is counted, and waits for all.
using Parallel = std::function<void(size_t count, double cycles, const std::function<void(size_t, size_t)>& f)>;

// dw [kernel_height, kernel_width, in, out] of images x and gradients g. The result is the same for any number of
// threads.
void filter_gradient(const Convolution& convolution, const uint16_t* x, const uint16_t* g, float* dw,
                     const Parallel& parallel);

// Whether this was compiled for a processor that multiplies bfloat16 numbers.
bool multiplies_bfloat16();

}  // namespace afos
