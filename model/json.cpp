#include "model/json.hpp"

#include "model/names.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

#include <charconv>
#include <cmath>

namespace licaudit {

namespace {

constexpr std::size_t max_depth = 32;

/// Builds the value as Boost's own parser does, but reads doubles with std::from_chars: the library's are off in the
/// last place for long numbers, and a hash needs a text to read back as what was written.
class value_builder {
 public:
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  using error = boost::system::error_code;
  using piece = json::string_view;

  bool on_document_begin(error&) { return true; }
  bool on_document_end(error&) { return true; }
  bool on_object_begin(error&) { return true; }
  bool on_object_end(std::size_t count, error&) {
    members_ += count;
    stack_.push_object(count);
    return true;
  }
  bool on_array_begin(error&) { return true; }
  bool on_array_end(std::size_t count, error&) {
    stack_.push_array(count);
    return true;
  }
  bool on_key_part(piece text, std::size_t, error&) { return add_part(text); }
  bool on_key(piece text, std::size_t, error&) {
    stack_.push_key(text);
    return true;
  }
  bool on_string_part(piece text, std::size_t, error&) { return add_part(text); }
  bool on_string(piece text, std::size_t, error&) {
    stack_.push_string(text);
    return true;
  }
  bool on_number_part(piece text, error&) {
    number_ += std::string_view(text);
    return true;
  }
  bool on_int64(std::int64_t number, piece, error&) {
    number_.clear();
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, piece, error&) {
    number_.clear();
    stack_.push_uint64(number);
    return true;
  }
  bool on_double(double rough, piece text, error& wrong) {
    number_ += std::string_view(text);
    double number = 0;
    const auto read = std::from_chars(number_.data(), number_.data() + number_.size(), number);
    // A number too small for a double is out of range as well, and is 0.
    const bool is_huge = read.ec == std::errc::result_out_of_range && std::abs(rough) > 1;
    if (is_huge) wrong = json::error::exponent_overflow;
    number_.clear();
    stack_.push_double(number);
    return !is_huge;
  }
  bool on_bool(bool value, error&) {
    stack_.push_bool(value);
    return true;
  }
  bool on_null(error&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(piece, error&) { return true; }
  bool on_comment(piece, error&) { return true; }

  [[nodiscard]] json::value release() { return stack_.release(); }
  [[nodiscard]] std::size_t members() const { return members_; }  ///< as written, with those that a later one replaced

 private:
  bool add_part(piece text) {
    stack_.push_chars(text);
    return true;
  }

  json::value_stack stack_;
  std::string number_;
  std::size_t members_ = 0;
};

std::size_t members_of(const json::value& value) {
  std::size_t count = 0;
  if (const auto* list = value.if_array()) {
    for (const auto& each : *list) count += members_of(each);
  } else if (const auto* map = value.if_object()) {
    count = map->size();
    for (const auto& member : *map) count += members_of(member.value());
  }
  return count;
}

failure not_json(const std::string& why) {
  return {errc::malformed, "not valid JSON: " + why};
}

failure not_json(const std::string& why, std::size_t byte) {
  return not_json(why + " at byte " + std::to_string(byte));
}

}  // namespace

result<json::value> parse_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = max_depth;
  json::basic_parser<value_builder> parser(options);
  boost::system::error_code wrong;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), wrong);
  if (wrong == json::error::incomplete) return not_json("it ends too early", text.size());
  if (wrong == json::error::exponent_overflow) return not_json("a number is too large for a double", read);
  if (wrong) return not_json(wrong.message(), read);
  const std::size_t next = text.find_first_not_of(" \t\r\n", read);
  if (next != std::string_view::npos) return not_json("something follows the document", next);

  json::value value = parser.handler().release();
  if (members_of(value) != parser.handler().members()) return not_json("a map has one key twice");
  return value;
}

std::string description_of(const json::value& value) {
  if (value.is_array()) return "a list";
  if (value.is_object()) return "a map";
  if (value.is_string()) return in_quotes(value.get_string());
  // Boost's own parser makes an infinity of 1e999, for which JSON has no form.
  if (const auto* number = value.if_double(); number != nullptr && !std::isfinite(*number)) return "a huge number";
  return canonical_json(value);
}

json::array text_array(const std::vector<std::string>& texts) {
  json::array list;
  list.reserve(texts.size());
  for (const auto& text : texts) list.emplace_back(text);
  return list;
}

}  // namespace licaudit
