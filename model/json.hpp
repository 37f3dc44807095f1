#pragma once

#include "model/result.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit {

namespace json = boost::json;

/// RFC 8785 (JSON Canonicalization Scheme): members sorted by UTF-16 code units, no blanks, shortest numbers, so that
/// the same value always has the same bytes and the same hash. Numbers are integers or IEEE doubles.
[[nodiscard]] std::string canonical_json(const json::value& value);

/// What a message says was found: `'abc'`, `42`, `a list`, `a map`, `null`.
[[nodiscard]] std::string description_of(const json::value& value);

/// Parses one JSON document of at most 32 levels, each key of a map once; doubles exactly. errc::malformed says what is
/// wrong, and at which byte.
[[nodiscard]] result<json::value> parse_json(std::string_view text);

/// A list of texts.
[[nodiscard]] json::array text_array(const std::vector<std::string>& texts);

/// Reads the members of one object and remembers the first thing that is wrong, so that a reader of twenty keys is
/// twenty lines: `json_reader in(value, "tenant"); t.id = in.text("id"); ... if (auto wrong = in.finish()) return
/// *wrong;` A member that is absent or of another type gives the empty value; null counts as absent where absence is
/// allowed. `finish` also refuses members nobody asked for.
class json_reader {
 public:
  /// `what` names the thing for messages. A value that is no object is the first error.
  json_reader(const json::value& value, std::string_view what);
  json_reader(const json::object& object, std::string_view what) : object_(&object), what_(what) {}
  json_reader(json::value&&, std::string_view) = delete;  // it reads from the value, which must outlive it
  json_reader(json::object&&, std::string_view) = delete;

  [[nodiscard]] bool has(std::string_view key);
  [[nodiscard]] std::string text(std::string_view key);  ///< must be there
  [[nodiscard]] std::string optional_text(std::string_view key, std::string_view otherwise = {});
  [[nodiscard]] std::int64_t integer(std::string_view key);
  [[nodiscard]] std::optional<std::int64_t> optional_integer(std::string_view key);
  [[nodiscard]] std::optional<double> optional_number(std::string_view key);
  [[nodiscard]] bool optional_flag(std::string_view key, bool otherwise);
  [[nodiscard]] const json::object* optional_object(std::string_view key);
  [[nodiscard]] const json::array* optional_array(std::string_view key);
  [[nodiscard]] const json::value* optional_value(std::string_view key);

  /// Remembers an error of the caller's own, unless there is one already.
  void refuse(std::string_view key, std::string_view expected);

  /// Does not complain of members that nobody asked for.
  void allow_others() { others_allowed_ = true; }

  [[nodiscard]] std::optional<failure> finish();

 private:
  const json::value* take(std::string_view key);

  const json::object* object_ = nullptr;
  std::string what_;
  std::optional<failure> wrong_;
  std::vector<std::string> asked_;
  bool others_allowed_ = false;
};

}  // namespace licaudit
