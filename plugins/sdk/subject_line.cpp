#include "plugins/sdk/subject_line.hpp"

#include "model/names.hpp"
#include "model/quantity.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace licaudit::sdk {

/// Boost.JSON's events of one line, as long as it is an ordinary one.
class subject_line::events {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;

  using error = boost::system::error_code;
  using piece = boost::json::string_view;

  void begin(std::size_t line_bytes) {
    bytes_.clear();
    bytes_.reserve(line_bytes);  // texts are never longer than their line: what refers to them stays good
    texts_.clear();
    names_.clear();
    value_ = {};
    depth_ = 0;
    seen_ = 0;
    piece_ = 0;
  }

  /// After the last event.
  [[nodiscard]] const subject_view* subject() {
    value_.tenant = trimmed(value_.tenant);
    value_.id = trimmed(value_.id);
    const bool is_named = (value_.tenant.empty() || is_name(value_.tenant)) && is_subject_id(value_.id);
    if (!has(member::kind) || !is_named || !is_quantity(value_.quantity) || !put_in_order()) return nullptr;
    if (bytes_.find('\0') != std::string::npos) return nullptr;
    value_.fields = texts_;
    return &value_;
  }

  bool on_document_begin(error&) { return true; }
  bool on_document_end(error&) { return true; }

  bool on_object_begin(error& odd) {
    ++depth_;
    return depth_ == outermost || (depth_ == in_fields && at_ == member::fields) || give_up(odd);
  }
  bool on_object_end(std::size_t, error&) {
    --depth_;
    return true;
  }
  bool on_array_begin(error& odd) {
    if (depth_ != in_fields) return give_up(odd);
    depth_ = in_list;
    list_ = texts_.size();
    return true;
  }
  bool on_array_end(std::size_t, error&) {
    depth_ = in_fields;
    const auto first = texts_.begin() + static_cast<std::ptrdiff_t>(list_);
    std::sort(first, texts_.end());
    texts_.erase(std::unique(first, texts_.end()), texts_.end());
    return true;
  }

  bool on_key_part(piece text, std::size_t, error&) { return add(text); }
  bool on_key(piece text, std::size_t, error& odd) {
    add(text);
    const auto name = taken();
    if (depth_ == in_fields) {
      names_.push_back(name);
      return true;
    }
    at_ = member_of(name);
    if (at_ == member::other || has(at_)) return give_up(odd);
    seen_ |= bit(at_);
    return true;
  }

  bool on_string_part(piece text, std::size_t, error&) { return add(text); }
  bool on_string(piece text, std::size_t, error& odd) {
    add(text);
    const auto value = taken();
    if (depth_ < outermost) return give_up(odd);
    if (depth_ > outermost) {
      if (const auto kept = trimmed(value); !kept.empty()) texts_.push_back({names_.back(), kept});
      return true;
    }
    switch (at_) {
      case member::kind:
        value_.kind = value == "number" ? subject_kind::number : subject_kind::user;
        return value == "user" || value == "number" || give_up(odd);
      case member::tenant:
        value_.tenant = value;
        return true;
      case member::id:
        value_.id = value;
        return true;
      default:
        return give_up(odd);
    }
  }

  bool on_number_part(piece, error&) { return true; }
  bool on_int64(std::int64_t number, piece, error& odd) {
    value_.quantity = number;
    return (depth_ == outermost && at_ == member::quantity) || give_up(odd);
  }
  bool on_uint64(std::uint64_t, piece, error& odd) { return give_up(odd); }
  bool on_double(double, piece, error& odd) { return give_up(odd); }
  bool on_bool(bool, error& odd) { return give_up(odd); }
  bool on_null(error& odd) { return give_up(odd); }
  bool on_comment_part(piece, error&) { return true; }
  bool on_comment(piece, error&) { return true; }

 private:
  enum depth { outermost = 1, in_fields = 2, in_list = 3 };
  enum class member { kind, tenant, id, quantity, fields, other };

  static member member_of(std::string_view name) {
    if (name == "kind") return member::kind;
    if (name == "tenant") return member::tenant;
    if (name == "id") return member::id;
    if (name == "quantity") return member::quantity;
    return name == "fields" ? member::fields : member::other;
  }
  static unsigned bit(member one) { return 1U << static_cast<unsigned>(one); }
  [[nodiscard]] bool has(member one) const { return (seen_ & bit(one)) != 0; }

  static bool give_up(error& odd) {
    odd = boost::json::error::syntax;
    return false;
  }

  bool add(piece text) {
    bytes_.append(text.data(), text.size());
    return true;
  }
  /// What was added since the last call.
  std::string_view taken() {
    const auto text = std::string_view(bytes_).substr(piece_);
    piece_ = bytes_.size();
    return text;
  }

  /// False if a field stands there twice.
  bool put_in_order() {
    const auto rises = [](std::string_view a, std::string_view b) { return a >= b; };
    if (std::adjacent_find(names_.begin(), names_.end(), rises) == names_.end()) return true;
    std::sort(names_.begin(), names_.end());
    std::sort(texts_.begin(), texts_.end());
    return std::adjacent_find(names_.begin(), names_.end()) == names_.end();
  }

  std::string bytes_;                    ///< all texts, one behind the other
  std::vector<field_text> texts_;        ///< of the fields
  std::vector<std::string_view> names_;  ///< of the fields, those without a text included
  subject_view value_;
  int depth_ = 0;
  member at_ = member::other;
  unsigned seen_ = 0;
  std::size_t piece_ = 0;  ///< where in `bytes_` the text begins that is being read
  std::size_t list_ = 0;   ///< where in `texts_` the list begins that is being read
};

struct subject_line::parser {
  boost::json::basic_parser<events> of{boost::json::parse_options()};
};

subject_line::subject_line() : parser_(std::make_unique<parser>()) {}

subject_line::~subject_line() = default;

const subject_view* subject_line::read(std::string_view line) {
  auto& one = parser_->of;
  one.reset();
  one.handler().begin(line.size());
  events::error error;
  const auto read = one.write_some(false, line.data(), line.size(), error);
  return error || read < line.size() ? nullptr : one.handler().subject();
}

}  // namespace licaudit::sdk
