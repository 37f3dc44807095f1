// Blocks of telephone numbers: the options of the factor plugin as JSON, `%%`, and a field value.
#include "plugins/factors/number-range/options.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/promise.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>

namespace licaudit::fuzz {
namespace {

std::string written(const number_range::phone_number& number) {
  const auto digits = std::to_string(number.digits);
  return "+" + std::string(number.length - std::min(number.length, digits.size()), '0') + digits;
}

/// One block after the other, as somebody would read them aloud.
bool in_any(const std::vector<number_range::block>& blocks, const number_range::phone_number& number) {
  return std::any_of(blocks.begin(), blocks.end(), [&](const number_range::block& one) {
    return one.length == number.length && one.first <= number.digits && number.digits <= one.last;
  });
}

std::vector<number_range::block> blocks_of(const std::string& options) {
  std::vector<number_range::block> blocks;
  const auto value = boost::json::parse(options);
  for (const auto& item : value.at("ranges").as_array()) {
    const auto parsed = number_range::parse_block(item.as_string());
    promise(std::holds_alternative<number_range::block>(parsed), "options that are taken have blocks alone", options);
    blocks.push_back(std::get<number_range::block>(parsed));
    promise(blocks.back().first <= blocks.back().last, "a block begins before it ends", options);
  }
  return blocks;
}

void check_value(const std::string& text) {
  const auto number = number_range::parse_value(text);
  if (!number) return;
  promise(number->length >= 1 && number->length <= number_range::max_digits, "a number has 1 to 15 digits", text);
  const auto again = number_range::parse_e164(written(*number));
  promise(again && again->length == number->length && again->digits == number->digits,
          "a number reads back as it was written", text);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto parts = parts_of(text_of(bytes, size), next_file, 2);
  check_value(parts[1]);
  const auto ranges = number_range::parse_options(parts[0]);
  if (const auto* wrong = std::get_if<std::string>(&ranges)) {
    promise(!wrong->empty(), "an error says what is wrong");
    return 0;
  }
  const auto blocks = blocks_of(parts[0]);
  auto numbers = std::vector<number_range::phone_number>{};
  if (const auto number = number_range::parse_value(parts[1])) numbers.push_back(*number);
  for (const auto& one : blocks) {
    for (const auto digits : {one.first, one.last, one.last + 1, one.first - 1}) {
      numbers.push_back({one.length, digits});
    }
  }
  for (const auto& number : numbers) {
    promise(std::get<number_range::number_ranges>(ranges).contains(number) == in_any(blocks, number),
            "merged blocks hold what the blocks hold", written(number));
  }
  return 0;
}

}  // namespace licaudit::fuzz
