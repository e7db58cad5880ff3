#include "program.h"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <unordered_map>

#include "float_bits.h"

namespace afos {
namespace {

constexpr size_t kNumbersOfBfloat16 = 65536;
constexpr size_t kMostSteps = 4096;

// A step as it is written: operands are numbers of values.
struct Written {
  const Primitive* primitive = nullptr;  // null: a constant
  int operand[kMostOperands] = {};
  float constant = 0;
};

bool parse_number(const std::string& text, int below, int& number) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end && number >= 0 && number < below;
}

bool parse_constant(const std::string& text, float& number) {
  const char* end = text.data() + text.size();
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  number = static_cast<float>(value);
  return error == std::errc() && stop == end;
}

std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> found;
  for (std::string word; stream >> word;) found.push_back(word);
  return found;
}

// A step; false where it is none. `values` is the number of values before it.
bool parse_step(const std::vector<std::string>& parts, int values, Written& step) {
  if (parts.size() == 2 && parts[0] == "constant") return parse_constant(parts[1], step.constant);
  step.primitive = parts.empty() ? nullptr : find_primitive(parts[0]);
  if (!step.primitive || parts.size() != 1u + static_cast<size_t>(step.primitive->operands)) return false;
  for (int i = 0; i < step.primitive->operands; i++) {
    if (!parse_number(parts[1 + i], values, step.operand[i])) return false;
  }
  return true;
}

// Blocks of values and derivatives for the steps, one set a thread.
std::vector<Block>& scratch(size_t blocks) {
  static thread_local std::vector<Block> memory;
  if (memory.size() < blocks) memory.resize(blocks);
  return memory;
}

const Block& filled(float number) {
  static const auto make = [](float value) {
    Block block;
    std::fill_n(block.at, kBlock, value);
    return block;
  };
  static const Block zeros = make(0.f);
  static const Block ones = make(1.f);
  return number == 0.f ? zeros : ones;
}

}  // namespace

std::shared_ptr<Program> Program::of(const std::string& text, std::string& error) {
  static std::mutex mutex;
  static std::unordered_map<std::string, std::weak_ptr<Program>> known;
  const std::lock_guard<std::mutex> lock(mutex);
  if (std::shared_ptr<Program> program = known[text].lock()) return program;
  std::shared_ptr<Program> program(new Program());
  error = program->parse(text);
  if (!error.empty()) {
    known.erase(text);
    return nullptr;
  }
  for (auto entry = known.begin(); entry != known.end();) {
    entry = entry->second.expired() && entry->first != text ? known.erase(entry) : std::next(entry);
  }
  known[text] = program;
  return program;
}

std::string Program::parse(const std::string& text) {
  std::vector<Written> written;
  int value = -1;
  int slope = -1;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ';');) {
    const int values = static_cast<int>(written.size()) + 1;
    const std::vector<std::string> parts = words(part);
    Written step;
    if (parts.size() == 3 && parts[0] == "result" && value < 0) {
      if (parse_number(parts[1], values, value) && parse_number(parts[2], values, slope)) continue;
    } else if (value < 0 && written.size() < kMostSteps && parse_step(parts, values, step)) {
      written.push_back(step);
      continue;
    }
    return "Expected an operator with the numbers of earlier values, a constant or the result, got \"" + part + "\"";
  }
  if (written.empty()) return "Expected at least one step, got none";
  if (value < 0) value = static_cast<int>(written.size());

  // when a value is read last: the results never end
  const int steps = static_cast<int>(written.size());
  std::vector<int> last(steps + 1, -1);
  for (int i = 0; i < steps; i++) {
    for (int k = 0; written[i].primitive && k < written[i].primitive->operands; k++) last[written[i].operand[k]] = i;
  }
  last[value] = steps;
  if (slope >= 0) last[slope] = steps;

  std::vector<int> place(steps + 1, 0);
  for (int i = 0; i < steps; i++) {
    if (written[i].primitive) continue;
    Block block;
    std::fill_n(block.at, kBlock, written[i].constant);
    constants_.push_back(block);
    place[i + 1] = static_cast<int>(constants_.size());
  }
  registers_ = 1 + static_cast<int>(constants_.size());
  std::vector<int> free;
  for (int i = 0; i < steps; i++) {
    const Primitive* primitive = written[i].primitive;
    if (!primitive) continue;
    if (free.empty()) free.push_back(registers_++);
    place[i + 1] = free.back();
    free.pop_back();
    Step step{primitive->compute, Want::kChain, primitive->operands, {}, place[i + 1]};
    if (slope >= 0)
      step.want = Want::kValue;
    else if (primitive->operands == 1 && written[i].operand[0] == 0)
      step.want = Want::kSlope;
    for (int k = 0; k < primitive->operands; k++) step.operand[k] = place[written[i].operand[k]];
    steps_.push_back(step);
    // a register is free again after its last use, but not for that step's own result
    for (int k = 0; k < primitive->operands; k++) {
      const int operand = written[i].operand[k];
      if (last[operand] != i || operand == 0 || !written[operand - 1].primitive) continue;
      free.push_back(place[operand]);
      last[operand] = -1;
    }
  }
  value_ = place[value];
  slope_ = slope < 0 ? -1 : place[slope];
  return "";
}

void Program::block(const float* x, float* y, float* d) const {
  std::vector<Block>& memory = scratch(2 * static_cast<size_t>(registers_));
  const int constants = static_cast<int>(constants_.size());
  const auto value = [&](int at) -> const float* {
    return at == 0 ? x : at <= constants ? constants_[at - 1].at : memory[2 * at].at;
  };
  const auto slope = [&](int at) -> const float* {
    return at == 0 ? filled(1.f).at : at <= constants ? filled(0.f).at : memory[2 * at + 1].at;
  };
  for (const Step& step : steps_) {
    Operands operands;
    for (int k = 0; k < step.operands; k++) {
      operands.value[k] = value(step.operand[k]);
      operands.slope[k] = slope(step.operand[k]);
    }
    const bool last = &step == &steps_.back();
    const bool to_y = last && step.result == value_ && slope_ < 0;
    step.compute(d ? step.want : Want::kValue, operands, to_y ? y : memory[2 * step.result].at,
                 to_y && d ? d : memory[2 * step.result + 1].at);
    if (to_y) return;
  }
  if (d) std::copy_n(slope_ < 0 ? slope(value_) : value(slope_), kBlock, d);
  std::copy_n(value(value_), kBlock, y);
}

void Program::run(const float* x, float* y, float* d, size_t count) const {
  Block input;
  Block value;
  Block slope;
  for (size_t i = 0; i < count; i += kBlock) {
    const size_t size = std::min<size_t>(kBlock, count - i);
    const bool whole = size == kBlock;
    if (!whole) std::fill_n(input.at, kBlock, 0.f);
    if (!whole || x == y) std::copy_n(x + i, size, input.at);
    const float* from = whole && x != y ? x + i : input.at;
    block(from, whole ? y + i : value.at, d ? whole ? d + i : slope.at : nullptr);
    if (whole) continue;
    std::copy_n(value.at, size, y + i);
    if (d) std::copy_n(slope.at, size, d + i);
  }
}

const uint32_t* Program::table() {
  std::call_once(tabulated_, [this] {
    std::vector<float> x(kNumbersOfBfloat16);
    std::vector<float> y(kNumbersOfBfloat16);
    std::vector<float> d(kNumbersOfBfloat16);
    for (size_t bits = 0; bits < kNumbersOfBfloat16; bits++) x[bits] = from_bfloat16(static_cast<uint16_t>(bits));
    run(x.data(), y.data(), d.data(), kNumbersOfBfloat16);
    table_.resize(kNumbersOfBfloat16);
    for (size_t bits = 0; bits < kNumbersOfBfloat16; bits++) {
      table_[bits] = to_bfloat16(y[bits]) | static_cast<uint32_t>(to_bfloat16(d[bits])) << 16;
    }
  });
  return table_.data();
}

}  // namespace afos
