#include "daemon/ledger/field_text.hpp"

#include "daemon/ledger/database.hpp"
#include "model/canonical_text.hpp"

#include <algorithm>
#include <optional>

namespace licaudit::ledger {

namespace {

/// RFC 8785 sorts by UTF-16; of ASCII names that is the order of their bytes.
bool has_ascii_names(std::span<const field_text> fields) {
  return std::all_of(fields.begin(), fields.end(), [](const field_text& one) {
    return std::all_of(one.name.begin(), one.name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  });
}

/// Reads fields without an escape whose names are in the order of their bytes; gives up on everything else.
class plain_reader {
 public:
  plain_reader(std::string_view text, std::vector<field_text>& into) : rest_(text), into_(into) {}

  bool read() {
    if (!take('{')) return false;
    if (take('}')) return rest_.empty();
    do {
      const auto name = quoted();
      const bool rises = into_.empty() || (name && into_.back().name < *name);
      if (!name || !rises || !take(':') || !texts(*name)) return false;
    } while (take(','));
    return take('}') && rest_.empty();
  }

 private:
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<std::string_view> quoted() {
    if (!take('"')) return std::nullopt;
    const auto end = rest_.find_first_of("\"\\");
    if (end == std::string_view::npos || rest_[end] == '\\') return std::nullopt;
    const auto text = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return text;
  }

  bool texts(std::string_view name) {
    const bool is_list = take('[');
    do {
      const auto one = quoted();
      if (!one) return false;
      into_.push_back({name, *one});
    } while (is_list && take(','));
    return !is_list || take(']');
  }

  std::string_view rest_;
  std::vector<field_text>& into_;
};

}  // namespace

void append_text_of(std::span<const field_text> fields, std::string& out) {
  if (!has_ascii_names(fields)) {
    out += canonical_json(fields_to_json(fields_of(fields)));
    return;
  }
  out += '{';
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool goes_on = i > 0 && fields[i - 1].name == fields[i].name;
    const bool more = i + 1 < fields.size() && fields[i + 1].name == fields[i].name;
    if (i > 0) out += ',';
    if (!goes_on) {
      append_canonical(out, fields[i].name);
      out += ':';
      if (more) out += '[';
    }
    append_canonical(out, fields[i].text);
    if (goes_on && !more) out += ']';
  }
  out += '}';
}

std::string text_of(const field_map& fields) {
  std::vector<field_text> room;
  std::string out;
  append_text_of(texts_of(fields, room), out);
  return out;
}

std::span<const field_text> stored_fields::read(std::string_view text) {
  texts_.clear();
  if (plain_reader(text, texts_).read()) return texts_;
  const auto form = parse_json(text);
  if (!form) throw storage_error("fields of a subject: " + form.error().detail, false);
  if (!form->is_object()) throw storage_error("fields of a subject are no JSON object", false);
  auto fields = fields_from_json(form->as_object());
  if (!fields) throw storage_error("fields of a subject: " + fields.error().detail, false);
  odd_ = std::move(*fields);
  return texts_of(odd_, texts_);
}

field_map fields_of(std::string_view text) {
  stored_fields fields;
  return fields_of(fields.read(text));
}

}  // namespace licaudit::ledger
