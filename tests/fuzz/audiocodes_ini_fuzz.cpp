// The ini file of a session border controller.
#include "plugins/sources/audiocodes-ini/audiocodes_source.hpp"
#include "tests/fuzz/captured_source.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/memory_file.hpp"
#include "tests/fuzz/promise.hpp"

#include <algorithm>
#include <string>

namespace licaudit::fuzz {
namespace {

constexpr std::string_view secret = "hush-hush";
constexpr std::string_view table_of_secrets =
    "[ Secrets ]\n"
    "FORMAT Index = Name, Password;\n"
    "Secrets 0 = \"trunk\", \"hush-hush\";\n"
    "[ \\Secrets ]\n";

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static memory_file file;
  const auto input = text_of(bytes, size);
  if (input.find(secret) != std::string_view::npos) return 0;
  file.hold(std::string(table_of_secrets).append(input));
  const auto stream = stream_of([](sdk::record_writer& out) { return audiocodes_ini::run({file.path(), {}}, out); });
  const auto& shown = stream ? *stream : stream.error().detail;
  promise(shown.find(secret) == std::string::npos, "nothing of another table is kept or shown", shown);
  if (!stream) return 0;
  const auto lines = static_cast<std::size_t>(std::count(input.begin(), input.end(), '\n')) + 1;
  promise(promise_sound_stream(*stream) <= lines + 2, "no more records than lines, begin and end aside");
  return 0;
}

}  // namespace licaudit::fuzz
