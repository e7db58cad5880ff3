// Random masks: the numbers of TensorFlow's StatelessRandomUniform, compared with a rate.
#pragma once

#include <cstddef>
#include <cstdint>

namespace afos {

// The stream of numbers of a seed: Philox 4×32 with ten rounds (Salmon et al., "Parallel random numbers: as easy as 1,
// 2, 3", SC 2011), its key and the upper half of its counter made of the seed as TensorFlow does.
class RandomMask {
 public:
  RandomMask(int32_t first, int32_t second);

  // Which numbers, each uniform in [0, 1), are at least `rate`: kept[i] is 1 or 0 for the number at `from` + i. `from`
  // is a multiple of 64.
  void fill(uint8_t* kept, size_t from, size_t count, float rate) const;

 private:
  uint32_t key_[2];
  uint32_t counter_[2];
};

}  // namespace afos
