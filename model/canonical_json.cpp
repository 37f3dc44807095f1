#include "model/canonical_text.hpp"
#include "model/json.hpp"

#include <boost/assert.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace licaudit {

namespace {

/// Where a byte of UTF-8 stands in the order of UTF-16 code units. The two orders differ in one point: U+10000 and
/// above (lead bytes F0 to F4) are surrogates D800 to DFFF in UTF-16 and come before U+E000 to U+FFFF (lead bytes EE
/// and EF).
unsigned utf16_rank(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return value == 0xEEU || value == 0xEFU ? value + 0x10U : value;
}

bool utf16_less(std::string_view left, std::string_view right) {
  return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end(),
                                      [](char a, char b) { return utf16_rank(a) < utf16_rank(b); });
}

void append_integer(std::string& out, auto value) {
  std::array<char, 24> buffer;
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  out.append(buffer.data(), written.ptr);
}

/// ECMA-262, Number::toString for radix 10: `digits` are the shortest that read back as the same number, and the number
/// is 0.digits * 10^point.
void append_digits(std::string& out, std::string_view digits, int point) {
  const int count = static_cast<int>(digits.size());
  if (point > 21 || point <= -6) {
    out += digits.front();
    if (count > 1) {
      out += '.';
      out += digits.substr(1);
    }
    out += point > 0 ? "e+" : "e-";
    append_integer(out, std::abs(point - 1));
  } else if (point <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-point), '0');
    out += digits;
  } else if (point >= count) {
    out += digits;
    out.append(static_cast<std::size_t>(point - count), '0');
  } else {
    out += digits.substr(0, static_cast<std::size_t>(point));
    out += '.';
    out += digits.substr(static_cast<std::size_t>(point));
  }
}

void append_double(std::string& out, double value) {
  BOOST_ASSERT_MSG(std::isfinite(value), "JSON has no NaN and no infinity");
  if (value == 0) {
    out += '0';  // the negative zero too
    return;
  }
  std::array<char, 32> buffer;
  const auto written =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value), std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
  const auto mark = text.find('e');
  std::string digits(1, text.front());
  if (mark > 1) digits += text.substr(2, mark - 2);
  int exponent = 0;
  const auto first = text.data() + mark + (text[mark + 1] == '+' ? 2 : 1);
  std::from_chars(first, text.data() + text.size(), exponent);
  if (value < 0) out += '-';
  append_digits(out, digits, exponent + 1);
}

void append_value(std::string& out, const json::value& value);

void append_object(std::string& out, const json::object& object) {
  std::vector<const json::key_value_pair*> members;
  members.reserve(object.size());
  for (const auto& member : object) members.push_back(&member);
  std::sort(members.begin(), members.end(),
            [](const auto* left, const auto* right) { return utf16_less(left->key(), right->key()); });
  char separator = '{';
  for (const auto* member : members) {
    out += separator;
    append_canonical(out, member->key());
    out += ':';
    append_value(out, member->value());
    separator = ',';
  }
  out += members.empty() ? "{}" : "}";
}

void append_array(std::string& out, const json::array& array) {
  char separator = '[';
  for (const auto& each : array) {
    out += separator;
    append_value(out, each);
    separator = ',';
  }
  out += array.empty() ? "[]" : "]";
}

void append_value(std::string& out, const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      out += "null";
      break;
    case json::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      break;
    case json::kind::int64:
      append_integer(out, value.get_int64());
      break;
    case json::kind::uint64:
      append_integer(out, value.get_uint64());
      break;
    case json::kind::double_:
      append_double(out, value.get_double());
      break;
    case json::kind::string:
      append_canonical(out, value.get_string());
      break;
    case json::kind::array:
      append_array(out, value.get_array());
      break;
    case json::kind::object:
      append_object(out, value.get_object());
      break;
  }
}

}  // namespace

std::string canonical_json(const json::value& value) {
  std::string out;
  append_value(out, value);
  return out;
}

}  // namespace licaudit
