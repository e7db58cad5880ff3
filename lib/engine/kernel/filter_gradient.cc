// With pairs of neighbouring output pixels p, the gradient is a product of matrices for each row of the kernel:
//
//   dw[row][r][out] = Σ a[p][r] · g[p][out], r = (column of the kernel, in)
//
// The processor's instruction multiplies two bfloat16 numbers with two others and adds both products, so pixels are
// packed in pairs: a number of 32 bits holds a channel of two pixels. What a kernel's column sees lies behind what the
// one before it sees, so that the rows of `a` overlap and are nowhere copied.
#include "filter_gradient.h"

#include <immintrin.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "float_bits.h"

namespace afos {
namespace {

constexpr int kLanes = 16;
constexpr int kMostVectors = 4;
constexpr int kBlockRows = 12;  // that a thread computes at a time
constexpr int kPairs = 384;     // of pixels that are packed at a time: they fit into the second cache

// Steps between what is packed, in numbers of 32 bits.
struct Steps {
  size_t image;
  size_t row;
  size_t pair;
};

// What a tile of the result is summed over.
struct Range {
  int images;
  int rows;
  int pairs;
  Steps a;
  Steps g;
};

#ifdef __AVX512BF16__
using Numbers = __m512;
using Pairs = __m512bh;
AFOS_INLINE Pairs load(const uint32_t* from) { return (Pairs)_mm512_loadu_si512(from); }
AFOS_INLINE Pairs spread(const uint32_t* from) { return (Pairs)_mm512_set1_epi32(static_cast<int>(*from)); }
AFOS_INLINE Numbers add_products(Numbers sum, Pairs a, Pairs b) { return _mm512_dpbf16_ps(sum, a, b); }
#else
typedef float Numbers __attribute__((vector_size(4 * kLanes)));
typedef uint32_t Pairs __attribute__((vector_size(4 * kLanes)));
AFOS_INLINE Pairs load(const uint32_t* from) {
  Pairs pairs;
  std::memcpy(&pairs, from, sizeof(pairs));
  return pairs;
}
AFOS_INLINE Pairs spread(const uint32_t* from) { return *from - Pairs{}; }
AFOS_INLINE Numbers add_products(Numbers sum, Pairs a, Pairs b) {
  return sum + (Numbers)(a << 16) * (Numbers)(b << 16) + (Numbers)(a & 0xffff0000u) * (Numbers)(b & 0xffff0000u);
}
#endif

// Adds a tile of kRows × 16 kVectors numbers to c, of which the last vector may be cut off.
template <int kRows, int kVectors>
void tile(const Range& range, const uint32_t* a, const uint32_t* g, float* c, int out, int columns) {
  Numbers sums[kRows][kVectors];
  for (auto& row : sums) {
    for (auto& sum : row) sum = Numbers{};
  }
  for (int image = 0; image < range.images; image++) {
    for (int row = 0; row < range.rows; row++) {
      const uint32_t* left = a + image * range.a.image + row * range.a.row;
      const uint32_t* right = g + image * range.g.image + row * range.g.row;
      for (int pair = 0; pair < range.pairs; pair++, left += range.a.pair, right += range.g.pair) {
        Pairs factors[kVectors];
#pragma GCC unroll 4
        for (int v = 0; v < kVectors; v++) factors[v] = load(right + kLanes * v);
#pragma GCC unroll 12
        for (int r = 0; r < kRows; r++) {
          const Pairs factor = spread(left + r);
#pragma GCC unroll 4
          for (int v = 0; v < kVectors; v++) sums[r][v] = add_products(sums[r][v], factor, factors[v]);
        }
      }
    }
  }
  for (int r = 0; r < kRows; r++) {
    float numbers[kLanes * kVectors];
    std::memcpy(numbers, sums[r], sizeof(numbers));
    for (int i = 0; i < columns; i++) c[static_cast<size_t>(r) * out + i] += numbers[i];
  }
}

using Tile = void (*)(const Range&, const uint32_t*, const uint32_t*, float*, int, int);

// Rows of a tile: with its vectors they fill the registers.
constexpr int tile_rows(int vectors) { return vectors > 2 ? 6 : 12; }

template <int kVectors, int kRows = tile_rows(kVectors)>
Tile find_tile(int rows) {
  if (rows >= kRows) return tile<kRows, kVectors>;
  if constexpr (kRows > 1) return find_tile<kVectors, kRows - 1>(rows);
  return nullptr;
}

Tile find_tile(int vectors, int rows) {
  switch (vectors) {
    case 1:
      return find_tile<1>(rows);
    case 2:
      return find_tile<2>(rows);
    case 3:
      return find_tile<3>(rows);
    default:
      return find_tile<4>(rows);
  }
}

void pack(const uint16_t* first, const uint16_t* second, uint32_t* to, int count) {
  if (first && second) {
    for (int i = 0; i < count; i++) to[i] = first[i] | static_cast<uint32_t>(second[i]) << 16;
  } else if (first) {
    for (int i = 0; i < count; i++) to[i] = first[i];
  } else if (second) {
    for (int i = 0; i < count; i++) to[i] = static_cast<uint32_t>(second[i]) << 16;
  } else {
    std::memset(to, 0, sizeof(uint32_t) * count);
  }
}

// A convolution of single pixels is the same for any arrangement of them: in rows that are packed at once.
Convolution arranged(Convolution c) {
  if (c.kernel_height != 1 || c.kernel_width != 1 || c.stride != 1 || c.top != 0 || c.left != 0) return c;
  const int pixels = c.images * c.height * c.width;
  int row = 1;
  for (int size = 2; size <= 2 * kPairs; size += 2) {
    if (pixels % size == 0) row = size;
  }
  if (row == 1) row = pixels;
  c.images = pixels / row;
  c.height = c.out_height = 1;
  c.width = c.out_width = row;
  return c;
}

}  // namespace

void filter_gradient(const Convolution& given, const uint16_t* x, const uint16_t* g, float* dw,
                     const Parallel& parallel) {
  const Convolution c = arranged(given);
  const int pairs = (c.out_width + 1) / 2;
  const int rows = c.kernel_width * c.in;  // of a product
  const int padded = (c.out + kLanes - 1) / kLanes * kLanes;
  std::memset(dw, 0, sizeof(float) * c.kernel_height * rows * c.out);
  if (c.images == 0) return;

  // what is packed at a time: some images, or some rows of one
  const int band = std::clamp(kPairs / pairs, 1, c.out_height);
  const int group = band < c.out_height ? 1 : std::clamp(kPairs / (pairs * c.out_height), 1, c.images);
  const bool overlap = c.kernel_width > 2 * c.stride;
  const int step = overlap ? 2 * c.stride : c.kernel_width;  // columns between pairs
  const int columns = (pairs - 1) * step + c.kernel_width;
  const int in_rows = (band - 1) * c.stride + c.kernel_height;
  Range range;
  range.pairs = pairs;
  range.a.pair = static_cast<size_t>(step) * c.in;
  range.a.row = static_cast<size_t>(c.stride) * columns * c.in;
  range.a.image = static_cast<size_t>(in_rows) * columns * c.in;
  range.g.pair = padded;
  range.g.row = static_cast<size_t>(pairs) * padded;
  range.g.image = static_cast<size_t>(band) * range.g.row;
  std::vector<uint32_t> packed(group * (range.a.image + range.g.image));
  uint32_t* const a = packed.data();
  uint32_t* const gradients = a + group * range.a.image;

  const auto pack_row = [&](const uint16_t* row, uint32_t* to) {
    const auto pixel = [&](int at) { return at >= 0 && at < c.width ? row + static_cast<size_t>(at) * c.in : nullptr; };
    for (int column = 0; column < columns; column++) {
      const int at = overlap ? column : column / c.kernel_width * 2 * c.stride + column % c.kernel_width;
      pack(pixel(at - c.left), pixel(at - c.left + c.stride), to + static_cast<size_t>(column) * c.in, c.in);
    }
  };
  const auto pack_gradients = [&](const uint16_t* row, uint32_t* to) {
    for (int pair = 0; pair < pairs; pair++, to += padded) {
      const uint16_t* first = row + static_cast<size_t>(2 * pair) * c.out;
      pack(first, 2 * pair + 1 < c.out_width ? first + c.out : nullptr, to, c.out);
      std::fill(to + c.out, to + padded, 0u);
    }
  };

  for (int image = 0; image < c.images; image += group) {
    const int images = std::min(group, c.images - image);
    for (int from = 0; from < c.out_height; from += band) {
      const int to = std::min(from + band, c.out_height);
      const int first = from * c.stride - c.top;  // row of the images that is packed first
      const int last = std::min((to - 1) * c.stride - c.top + c.kernel_height, c.height);
      parallel(images, 4.0 * columns * c.in * in_rows, [&](size_t begin, size_t end) {
        for (size_t i = begin; i < end; i++) {
          const uint16_t* own = x + (image + i) * c.height * c.width * c.in;
          for (int y = std::max(first, 0); y < last; y++) {
            pack_row(own + static_cast<size_t>(y) * c.width * c.in,
                     a + i * range.a.image + static_cast<size_t>(y - first) * columns * c.in);
          }
          for (int y = from; y < to; y++) {
            pack_gradients(g + ((image + i) * c.out_height + y) * static_cast<size_t>(c.out_width) * c.out,
                           gradients + i * range.g.image + (y - from) * range.g.row);
          }
        }
      });
      const int blocks = (rows + kBlockRows - 1) / kBlockRows;
      parallel(static_cast<size_t>(blocks) * c.kernel_height,
               1.0 * kBlockRows * padded / kLanes * pairs * (to - from) * images, [&](size_t begin, size_t end) {
                 for (int column = 0; column < padded;) {
                   const int vectors = std::min(kMostVectors, (padded - column) / kLanes);
                   for (size_t block = begin; block < end; block++) {
                     const int ky = static_cast<int>(block) / blocks;
                     // output rows whose input row is one
                     const int low = std::max(from, (c.top - ky + c.stride - 1) / c.stride);
                     const int reach = c.height - 1 + c.top - ky;
                     const int high = reach < 0 ? from : std::min(to, reach / c.stride + 1);
                     if (low >= high) continue;
                     Range part = range;
                     part.images = images;
                     part.rows = high - low;
                     const uint32_t* left =
                         a + static_cast<size_t>(low * c.stride + ky - c.top - first) * columns * c.in;
                     const uint32_t* right = gradients + (low - from) * range.g.row + column;
                     const int end_row = std::min(rows, (static_cast<int>(block) % blocks + 1) * kBlockRows);
                     for (int r = static_cast<int>(block) % blocks * kBlockRows; r < end_row;) {
                       const int count = std::min(tile_rows(vectors), end_row - r);
                       find_tile(vectors, count)(part, left + r, right,
                                                 dw + (static_cast<size_t>(ky) * rows + r) * c.out + column, c.out,
                                                 std::min(kLanes * vectors, c.out - column));
                       r += count;
                     }
                   }
                   column += kLanes * vectors;
                 }
               });
    }
  }
}

bool multiplies_bfloat16() {
#ifdef __AVX512BF16__
  return true;
#else
  return false;
#endif
}

}  // namespace afos
