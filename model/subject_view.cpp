#include "model/subject_view.hpp"

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

namespace {

void assign(std::span<const field_text> texts, field_map& into) {
  auto field = into.begin();
  while (!texts.empty()) {
    const auto name = texts.front().name;
    while (field != into.end() && field->first < name) field = into.erase(field);
    if (field == into.end() || field->first != name) field = into.emplace_hint(field, name, field_value());
    std::size_t count = 0;
    for (; !texts.empty() && texts.front().name == name; texts = texts.subspan(1)) {
      if (count == field->second.size()) field->second.emplace_back();
      field->second[count++] = texts.front().text;
    }
    field->second.resize(count);
    ++field;
  }
  into.erase(field, into.end());
}

}  // namespace

void assign(const subject_view& view, subject& into) {
  into.name.tenant = view.tenant;
  into.name.kind = view.kind;
  into.name.id = view.id;
  into.quantity = view.quantity;
  assign(view.fields, into.fields);
}

field_map fields_of(std::span<const field_text> texts) {
  field_map fields;
  assign(texts, fields);
  return fields;
}

subject subject_of(const subject_view& view) {
  subject made;
  assign(view, made);
  return made;
}

}  // namespace licaudit
