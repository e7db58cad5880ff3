#include "random_mask.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "float_bits.h"

namespace afos {
namespace {

constexpr int kLanes = 8;
constexpr int kNumbers = 4 * kLanes;  // made at a time
constexpr uint32_t kRounds = 10;
constexpr uint32_t kMantissa = 0x7fffffu;  // of a number in [1, 2), which a number in [0, 1) is made of

// Counters of 32 bits in lanes of 64, whose upper halves count for nothing: a product of two fills a lane.
typedef uint64_t Lanes __attribute__((vector_size(8 * kLanes)));

AFOS_INLINE Lanes product(Lanes a, uint32_t b) { return (a & 0xffffffffu) * b; }

AFOS_INLINE void philox(Lanes (&c)[4], const uint32_t (&key)[2]) {
  for (uint32_t round = 0; round < kRounds; round++) {
    const Lanes a = product(c[0], 0xd2511f53u);
    const Lanes b = product(c[2], 0xcd9e8d57u);
    c[0] = (b >> 32) ^ c[1] ^ (key[0] + round * 0x9e3779b9u);
    c[2] = (a >> 32) ^ c[3] ^ (key[1] + round * 0xbb67ae85u);
    c[1] = b;
    c[3] = a;
  }
}

}  // namespace

RandomMask::RandomMask(int32_t first, int32_t second) {
  const auto low = [](int32_t seed) { return static_cast<uint32_t>(seed); };
  const auto high = [](int32_t seed) {
    return static_cast<uint32_t>(static_cast<uint64_t>(static_cast<int64_t>(seed)) >> 32);
  };
  Lanes mixed[4] = {{low(first)}, {high(first)}, {low(second)}, {high(second)}};
  philox(mixed, {0x3ec8f720u, 0x02461e29u});
  for (int i = 0; i < 2; i++) {
    key_[i] = static_cast<uint32_t>(mixed[i][0]);
    counter_[i] = static_cast<uint32_t>(mixed[2 + i][0]);
  }
}

void RandomMask::fill(uint8_t* kept, size_t from, size_t count, float rate) const {
  const auto least = static_cast<uint64_t>(std::ceil(static_cast<double>(rate) * (kMantissa + 1.)));
  const Lanes steps = {0, 1, 2, 3, 4, 5, 6, 7};
  for (size_t done = 0; done < count; done += kNumbers) {
    const Lanes groups = (from + done) / 4 + steps;
    Lanes c[4] = {groups, groups >> 32, counter_[0] + Lanes{}, counter_[1] + Lanes{}};
    philox(c, key_);
    uint32_t masks[kLanes];  // four bytes for the four numbers of a counter
    for (int i = 0; i < kLanes; i++) {
      uint32_t mask = 0;
      for (int k = 0; k < 4; k++) mask |= static_cast<uint32_t>((c[k][i] & kMantissa) >= least) << (8 * k);
      masks[i] = mask;
    }
    std::memcpy(kept + done, masks, std::min<size_t>(kNumbers, count - done));
  }
}

}  // namespace afos
