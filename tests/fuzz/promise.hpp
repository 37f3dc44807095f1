#pragma once

#include <string_view>

namespace licaudit::fuzz {

/// What a fuzzer holds against the code beside "does not crash". A promise that is broken ends the process, which is
/// how libFuzzer learns of it and keeps the input.
void promise(bool kept, std::string_view what, std::string_view about = {});

/// Of an error: a text that a person can read, on one line.
void promise_sentence(std::string_view text, std::string_view about);

}  // namespace licaudit::fuzz
