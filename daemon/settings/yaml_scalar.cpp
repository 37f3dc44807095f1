#include "daemon/settings/yaml_tree.hpp"

#include <algorithm>
#include <charconv>

namespace licaudit::settings {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes leading digits off; how many there were.
std::size_t take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto count = static_cast<std::size_t>(end - text.begin());
  text.remove_prefix(count);
  return count;
}

bool fits(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc{} && end == digits.data() + digits.size();
}

/// `[.digits][e[+-]digits]` to the end; empty is fine.
bool is_fraction(std::string_view rest) {
  if (!rest.empty() && rest.front() == '.') {
    rest.remove_prefix(1);
    if (take_digits(rest) == 0) return false;
  }
  if (!rest.empty() && (rest.front() == 'e' || rest.front() == 'E')) {
    rest.remove_prefix(1);
    if (!rest.empty() && (rest.front() == '+' || rest.front() == '-')) rest.remove_prefix(1);
    if (take_digits(rest) == 0) return false;
  }
  return rest.empty();
}

/// `1e999` is no number that a reader could keep.
bool fits_double(std::string_view text) {
  double number = 0;
  return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc();
}

/// `0x1f`, `0o17`: numbers in YAML 1.2, texts to many readers.
bool is_based(std::string_view text) {
  const auto is_hex = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  if (text.size() < 3 || text[0] != '0' || (text[1] != 'x' && text[1] != 'o')) return false;
  return std::all_of(text.begin() + 2, text.end(), is_hex);
}

bool is_doubtful(std::string_view text) {
  if (is_based(text)) return true;
  const bool is_signed = !text.empty() && (text.front() == '+' || text.front() == '-');
  if (is_signed) text.remove_prefix(1);
  if (text == ".inf" || text == ".Inf" || text == ".INF") return true;
  if (!is_signed && (text == ".nan" || text == ".NaN" || text == ".NAN")) return true;
  const std::size_t whole = take_digits(text);
  if (whole > 0) return text == "." || is_fraction(text);
  return text.size() > 1 && text.front() == '.' && is_digit(text[1]) && is_fraction(text);
}

}  // namespace

yaml_kind kind_of_plain(std::string_view text) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return yaml_kind::nothing;
  for (const std::string_view word : {"true", "True", "TRUE", "false", "False", "FALSE"}) {
    if (text == word) return yaml_kind::flag;
  }
  std::string_view rest = text.front() == '-' ? text.substr(1) : text;
  const bool leading_zero = rest.size() > 1 && rest[0] == '0' && is_digit(rest[1]);
  if (!leading_zero && take_digits(rest) > 0) {
    if (rest.empty()) return fits(text) ? yaml_kind::integer : yaml_kind::doubtful;
    if (is_fraction(rest)) return fits_double(text) ? yaml_kind::real : yaml_kind::doubtful;
  }
  return is_doubtful(text) ? yaml_kind::doubtful : yaml_kind::text;
}

}  // namespace licaudit::settings
