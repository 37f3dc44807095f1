// number-range.so: the C interface around number_ranges. No exception leaves a function.
#include "plugins/factors/number-range/options.hpp"

#include <licaudit/factor_plugin.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <string_view>

namespace {

using licaudit::number_range::number_ranges;

void tell(std::string_view text, char* error, std::size_t error_size) {
  const auto length = std::min(text.size(), error_size - 1);
  std::memcpy(error, text.data(), length);
  error[length] = '\0';
}

void* create(licaudit_text options, char* error, std::size_t error_size) {
  try {
    auto parsed = licaudit::number_range::parse_options({options.bytes, options.length});
    if (const auto* wrong = std::get_if<std::string>(&parsed)) {
      tell(*wrong, error, error_size);
      return nullptr;
    }
    return new number_ranges(std::move(std::get<number_ranges>(parsed)));
  } catch (const std::exception& failed) {
    tell(failed.what(), error, error_size);
    return nullptr;
  }
}

std::uint8_t answer(const number_ranges& ranges, const licaudit_text& value) {
  try {
    const auto number = licaudit::number_range::parse_value({value.bytes, value.length});
    return number && ranges.contains(*number) ? LICAUDIT_VERDICT_YES : LICAUDIT_VERDICT_NO;
  } catch (const std::exception&) {
    return LICAUDIT_VERDICT_FAILED;
  }
}

void test(const void* instance, const licaudit_text* values, std::size_t count, std::uint8_t* verdicts) {
  const auto& ranges = *static_cast<const number_ranges*>(instance);
  std::transform(values, values + count, verdicts,
                 [&ranges](const licaudit_text& value) { return answer(ranges, value); });
}

void destroy(void* instance) {
  delete static_cast<number_ranges*>(instance);
}

}  // namespace

const licaudit_factor_plugin licaudit_factor_plugin_v1 = {
    LICAUDIT_FACTOR_PLUGIN_ABI,
    sizeof(licaudit_factor_plugin),
    "number-range",
    "Numbers inside listed blocks of E.164 numbers.",
    create,
    test,
    destroy,
};
