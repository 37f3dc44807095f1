#include "factors/held_fields.hpp"

#include <algorithm>

namespace licaudit::factors {

void held_fields::add(subject_kind kind, std::string_view field) {
  auto& fields = fields_[index_of(kind)];
  const auto place = std::lower_bound(fields.begin(), fields.end(), field);
  if (place == fields.end() || *place != field) fields.insert(place, std::string(field));
}

void held_fields::add(const held_fields& others) {
  for (const auto kind : subject_kinds) {
    for (const auto& field : others.of(kind)) add(kind, field);
  }
  expands_ = expands_ || others.expands_;
}

std::optional<std::uint32_t> held_fields::find(subject_kind kind, std::string_view field) const {
  const auto& fields = of(kind);
  const auto place = std::lower_bound(fields.begin(), fields.end(), field);
  if (place == fields.end() || *place != field) return std::nullopt;
  return static_cast<std::uint32_t>(place - fields.begin());
}

bool held_fields::contains(const held_fields& others) const {
  if (others.expands_ && !expands_) return false;
  return std::all_of(subject_kinds.begin(), subject_kinds.end(), [&](subject_kind kind) {
    return std::includes(of(kind).begin(), of(kind).end(), others.of(kind).begin(), others.of(kind).end());
  });
}

}  // namespace licaudit::factors
