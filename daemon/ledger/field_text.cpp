#include "daemon/ledger/field_text.hpp"

#include "daemon/ledger/database.hpp"

#include <algorithm>
#include <optional>

namespace licaudit::ledger {

namespace {

/// Stands in JSON as it is, and sorts by UTF-16 as by bytes.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; });
}

bool is_plain(const field_map& fields) {
  return std::all_of(fields.begin(), fields.end(), [](const auto& field) {
    return is_plain(field.first) && std::all_of(field.second.begin(), field.second.end(),
                                                [](const std::string& text) { return is_plain(text); });
  });
}

void add_quoted(std::string& out, std::string_view text) {
  out += '"';
  out += text;
  out += '"';
}

/// Reads the plain form; gives up on everything else.
class plain_reader {
 public:
  explicit plain_reader(std::string_view text) : rest_(text) {}

  std::optional<field_map> read() {
    field_map fields;
    if (!take('{')) return std::nullopt;
    if (take('}')) return at_end(std::move(fields));
    do {
      auto name = quoted();
      if (!name || !take(':')) return std::nullopt;
      auto value = texts();
      if (!value) return std::nullopt;
      fields.emplace_hint(fields.end(), std::move(*name), std::move(*value));
    } while (take(','));
    if (!take('}')) return std::nullopt;
    return at_end(std::move(fields));
  }

 private:
  std::optional<field_map> at_end(field_map fields) const {
    return rest_.empty() ? std::optional(std::move(fields)) : std::nullopt;
  }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<std::string> quoted() {
    if (!take('"')) return std::nullopt;
    const auto end = rest_.find_first_of("\"\\");
    if (end == std::string_view::npos || rest_[end] == '\\') return std::nullopt;
    std::string text(rest_.substr(0, end));
    rest_.remove_prefix(end + 1);
    return text;
  }

  std::optional<field_value> texts() {
    field_value value;
    if (!take('[')) {
      auto one = quoted();
      if (!one) return std::nullopt;
      value.push_back(std::move(*one));
      return value;
    }
    do {
      auto one = quoted();
      if (!one) return std::nullopt;
      value.push_back(std::move(*one));
    } while (take(','));
    return take(']') ? std::optional(std::move(value)) : std::nullopt;
  }

  std::string_view rest_;
};

}  // namespace

std::string text_of(const field_map& fields) {
  if (!is_plain(fields)) return canonical_json(fields_to_json(fields));
  std::string out;
  out.reserve(256);
  out += '{';
  for (const auto& [name, texts] : fields) {
    if (texts.empty()) continue;
    if (out.size() > 1) out += ',';
    add_quoted(out, name);
    out += ':';
    if (texts.size() > 1) out += '[';
    for (const auto& text : texts) {
      if (&text != texts.data()) out += ',';
      add_quoted(out, text);
    }
    if (texts.size() > 1) out += ']';
  }
  return out += '}';
}

field_map fields_of(std::string_view text) {
  if (auto plain = plain_reader(text).read()) return std::move(*plain);
  const auto form = parse_json(text);
  if (!form) throw storage_error("fields of a subject: " + form.error().detail, false);
  if (!form->is_object()) throw storage_error("fields of a subject are no JSON object", false);
  auto fields = fields_from_json(form->as_object());
  if (!fields) throw storage_error("fields of a subject: " + fields.error().detail, false);
  return std::move(*fields);
}

}  // namespace licaudit::ledger
