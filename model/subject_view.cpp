#include "model/subject_view.hpp"

#include <algorithm>

#include <string>

namespace licaudit {

std::span<const field_text> texts_of(const field_map& of, std::vector<field_text>& room) {
  room.clear();
  for (const auto& [name, texts] : of) {
    for (const auto& text : texts) room.push_back({name, text});
  }
  return room;
}

subject_view view_of(const subject& value, std::vector<field_text>& room) {
  return {value.name.tenant, value.name.kind, value.name.id, value.quantity, texts_of(value.fields, room)};
}

std::string_view text_of(const subject_view& value, std::string_view field) {
  const auto found = std::find_if(value.fields.begin(), value.fields.end(),
                                  [field](const field_text& one) { return one.name == field; });
  return found == value.fields.end() ? std::string_view() : found->text;
}

field_map fields_of(std::span<const field_text> texts) {
  field_map fields;
  for (const auto& one : texts) fields.try_emplace(fields.end(), std::string(one.name))->second.emplace_back(one.text);
  return fields;
}

subject subject_of(const subject_view& view) {
  return {{std::string(view.tenant), view.kind, std::string(view.id)}, fields_of(view.fields), view.quantity};
}

}  // namespace licaudit
