#include "plugins/sdk/raw_number.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <cstdint>

namespace licaudit::sdk {

namespace {

namespace json = boost::json;

/// Boost.JSON's event handler that keeps one number of the outermost object and drops all else.
class number_catcher {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;

  explicit number_catcher(std::string_view key) : wanted_(key) {}

  [[nodiscard]] const std::string& number() const { return number_; }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) { return enter(); }
  bool on_object_end(std::size_t, json::error_code&) { return leave(); }
  bool on_array_begin(json::error_code&) { return enter(); }
  bool on_array_end(std::size_t, json::error_code&) { return leave(); }
  bool on_key_part(json::string_view text, std::size_t, json::error_code&) { return add_key(text); }
  bool on_key(json::string_view text, std::size_t, json::error_code&) {
    add_key(text);
    wanted_now_ = depth_ == 1 && key_ == wanted_;
    key_.clear();
    return true;
  }
  bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_string(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_number_part(json::string_view text, json::error_code&) { return add_number(text); }
  bool on_int64(std::int64_t, json::string_view text, json::error_code&) { return add_number(text); }
  bool on_uint64(std::uint64_t, json::string_view text, json::error_code&) { return add_number(text); }
  bool on_double(double, json::string_view text, json::error_code&) { return add_number(text); }
  bool on_bool(bool, json::error_code&) { return true; }
  bool on_null(json::error_code&) { return true; }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  bool enter() {
    ++depth_;
    return true;
  }
  bool leave() {
    --depth_;
    return true;
  }
  bool add_key(json::string_view text) {
    key_.append(text.data(), text.size());
    return true;
  }
  bool add_number(json::string_view text) {
    if (wanted_now_ && depth_ == 1) number_.append(text.data(), text.size());
    return true;
  }

  std::string_view wanted_;
  std::string key_;
  std::string number_;
  int depth_ = 0;
  bool wanted_now_ = false;
};

}  // namespace

std::string raw_number(std::string_view line, std::string_view key) {
  json::basic_parser<number_catcher> parser(json::parse_options(), key);
  json::error_code error;
  parser.write_some(false, line.data(), line.size(), error);
  return error ? std::string() : parser.handler().number();
}

}  // namespace licaudit::sdk
