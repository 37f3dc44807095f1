#include "model/subject.hpp"

#include "model/names.hpp"

#include <boost/assert.hpp>

#include <algorithm>

namespace licaudit {

namespace {

failure wrong_field(std::string_view field, const json::value& found) {
  return {errc::malformed,
          "fields: " + std::string(field) + ": expected a text or a list of texts, found " + description_of(found)};
}

result<field_value> field_from_json(std::string_view field, const json::value& value) {
  if (const auto* text = value.if_string()) return make_field_value({std::string(*text)});
  const auto* list = value.if_array();
  if (list == nullptr) return wrong_field(field, value);
  std::vector<std::string> texts;
  texts.reserve(list->size());
  for (const auto& each : *list) {
    if (!each.is_string()) return wrong_field(field, each);
    texts.emplace_back(each.get_string());
  }
  return make_field_value(std::move(texts));
}

}  // namespace

std::string_view to_text(subject_kind kind) {
  switch (kind) {
    case subject_kind::user:
      return "user";
    case subject_kind::number:
      return "number";
    case subject_kind::meter:
      return "meter";
  }
  return {};
}

result<subject_kind> parse_subject_kind(std::string_view text) {
  for (const auto kind : {subject_kind::user, subject_kind::number, subject_kind::meter}) {
    if (text == to_text(kind)) return kind;
  }
  return failure{errc::malformed, in_quotes(text) + " is no kind of subject: expected user, number or meter"};
}

field_value make_field_value(std::vector<std::string> texts) {
  for (auto& text : texts) {
    if (const auto kept = trimmed(text); kept.size() != text.size()) text = std::string(kept);
  }
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  if (!texts.empty() && texts.front().empty()) texts.erase(texts.begin());
  return texts;
}

json::object fields_to_json(const field_map& fields) {
  json::object out;
  for (const auto& [name, texts] : fields) {
    if (texts.size() == 1) {
      out[name] = texts.front();
    } else if (!texts.empty()) {
      out[name] = json::array(texts.begin(), texts.end());
    }
  }
  return out;
}

result<field_map> fields_from_json(const json::object& fields) {
  field_map out;
  for (const auto& member : fields) {
    auto value = field_from_json(member.key(), member.value());
    if (!value) return value.error();
    if (!value->empty()) out.emplace(member.key(), std::move(*value));
  }
  return out;
}

subject merged(const std::vector<subject>& given) {
  BOOST_ASSERT(!given.empty());
  subject out = given.front();
  for (auto next = given.begin() + 1; next != given.end(); ++next) {
    BOOST_ASSERT(next->name == out.name);
    out.fields.insert(next->fields.begin(), next->fields.end());
  }
  return out;
}

}  // namespace licaudit
