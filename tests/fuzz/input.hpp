#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::fuzz {

[[nodiscard]] inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

/// Several texts in one input, each but the last ended by `separator`; exactly `count`, missing ones are empty, and the
/// last takes the rest.
[[nodiscard]] std::vector<std::string> parts_of(std::string_view input, std::string_view separator, std::size_t count);

/// Between files in an input, on a line of its own, so that a corpus can be read and written with an editor.
inline constexpr std::string_view next_file = "%%\n";

/// A length for slices that the input itself decides, so that a finding repeats.
[[nodiscard]] inline std::size_t slice_of(std::string_view input) {
  return 1 + input.size() * 7 % 31;
}

/// What libFuzzer calls, and the replay in the ordinary build.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

}  // namespace licaudit::fuzz
