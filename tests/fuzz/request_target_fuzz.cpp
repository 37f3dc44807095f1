// The target of a request line.
#include "daemon/api/request_target.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/promise.hpp"

namespace licaudit::fuzz {
namespace {

/// Every byte in its percent form, so that nothing is left to interpret.
std::string encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte >> 4U], digits[byte & 15U]};
  }
  return out;
}

/// An empty last segment is written with a slash behind it, because one slash at the end is forgiven.
std::string written(const api::request_target& target) {
  std::string text;
  for (const auto& segment : target.path) text += "/" + encoded(segment);
  if (text.empty() || text.back() == '/') text += "/";
  for (const auto& [name, value] : target.query) {
    text += (text.find('?') == std::string::npos ? "?" : "&") + encoded(name) + "=" + encoded(value);
  }
  return text;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto input = text_of(bytes, size);
  const auto target = api::parse_request_target(input);
  if (!target) {
    promise_sentence(target.error().detail, input);
    return 0;
  }
  const auto text = written(*target);
  const auto again = api::parse_request_target(text);
  promise(again.has_value(), "a target that was read can be written", text);
  promise(again->path == target->path, "its path reads back the same", text);
  promise(again->query == target->query, "its query reads back the same", text);
  return 0;
}

}  // namespace licaudit::fuzz
