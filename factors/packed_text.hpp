#pragma once

#include <string>
#include <string_view>

namespace licaudit::factors {

/// A text as it is kept: what is made of the signs of telephone numbers alone (`tel:+442079460000;ext=12`), as nearly
/// all values are that do not repeat, in half a byte a sign. Two texts are equal if they are kept alike. May stand in
/// `room`, and refers to the text otherwise.
[[nodiscard]] std::string_view packed(std::string_view text, std::string& room);
/// The text again.
[[nodiscard]] std::string_view unpacked(std::string_view kept, std::string& room);

}  // namespace licaudit::factors
