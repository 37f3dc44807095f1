#include "tests/fuzz/promise.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace licaudit::fuzz {

void promise(bool kept, std::string_view what, std::string_view about) {
  if (kept) return;
  const auto line = "broken promise: " + std::string(what) + (about.empty() ? "" : ": ") + std::string(about) + "\n";
  (void)std::fwrite(line.data(), 1, line.size(), stderr);
  std::abort();
}

void promise_sentence(std::string_view text, std::string_view about) {
  promise(!text.empty(), "an error says what is wrong", about);
  const bool one_line = std::none_of(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\0'; });
  promise(one_line, "an error is one line", text);
}

}  // namespace licaudit::fuzz
