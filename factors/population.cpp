#include "factors/population.hpp"

#include <algorithm>
#include <string_view>

namespace licaudit::factors {

row_index row_directory::find(std::uint64_t number) const {
  if (number < dense_.size() && dense_[number] != 0) return static_cast<row_index>(dense_[number] - 1);
  const auto found = sparse_.find(number);
  return found == sparse_.end() ? no_row : found->second;
}

void row_directory::put(std::uint64_t number, row_index row, std::size_t rows) {
  if (number >= dense_.size() && number < 4 * rows + 4096) dense_.resize(number + 1);
  if (number < dense_.size()) {
    dense_.set(number, std::uint64_t{row} + 1);
  } else {
    sparse_[number] = row;
  }
}

void row_directory::erase(std::uint64_t number) {
  if (number < dense_.size()) dense_.set(number, 0);
  sparse_.erase(number);
}

population::population(held_fields fields) : fields_(std::move(fields)) {
  for (const auto kind : subject_kinds) {
    const auto columns = fields_.of(kind).size();
    columns_[index_of(kind)].resize(columns);
    values_.resize(std::max(values_.size(), columns));
  }
}

void population::take(tenant_index tenant, const subject& of, content& into) {
  const auto& names = fields_.of(of.name.kind);
  auto& columns = columns_[index_of(of.name.kind)];
  into.tenant = tenant;
  into.kind = of.name.kind;
  into.units = static_cast<std::uint64_t>(of.quantity);
  into.values.clear();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == "id") {
      into.values.push_back(columns[i].take(value_text(of.name.id, room_)));
      continue;
    }
    const auto field = of.fields.find(names[i]);
    const auto text = field == of.fields.end() ? std::string_view() : value_text(field->second, room_);
    into.values.push_back(columns[i].take(text));
  }
}

void population::drop(const content& one) {
  for (std::uint32_t i = 0; i < one.values.size(); ++i) give_back(one.kind, i, one.values[i]);
}

bool population::is(row_index which, const content& like) const {
  if (tenant(which) != like.tenant || kind(which) != like.kind || units(which) != like.units) return false;
  for (std::uint32_t i = 0; i < like.values.size(); ++i) {
    if (value(which, i) != like.values[i]) return false;
  }
  return true;
}

row_index population::add(std::uint64_t number, const content& of) {
  if (free_.empty()) grow();
  const auto place = free_.back();
  free_.pop_back();
  kinds_[place] = of.kind;
  numbers_.set(place, number);
  units_.set(place, of.units);
  for (std::size_t i = 0; i < of.values.size(); ++i) values_[i].set(place, of.values[i]);
  directory_.put(number, place, kinds_.size());
  link(place, of.tenant);
  return place;
}

void population::grow() {
  free_.push_back(size());
  kinds_.emplace_back();
  for (auto* one : {&numbers_, &tenants_, &units_, &next_, &previous_}) one->push_back(0);
  for (auto& one : values_) one.push_back(0);
}

void population::remove(row_index which) {
  unlink(which);
  directory_.erase(number(which));
  const auto columns = static_cast<std::uint32_t>(fields_.of(kind(which)).size());
  for (std::uint32_t i = 0; i < columns; ++i) give_back(kind(which), i, value(which, i));
  free_.push_back(which);
}

void population::give_back(subject_kind kind, std::uint32_t column, std::uint32_t value) {
  if (columns_[index_of(kind)][column].give_back(value)) left_.push_back({kind, column, value});
}

void population::link(row_index which, tenant_index tenant) {
  if (tenant >= first_.size()) first_.resize(tenant + 1, no_row);
  const auto second = first_[tenant];
  tenants_.set(which, tenant);
  previous_.set(which, 0);
  next_.set(which, second == no_row ? 0 : std::uint64_t{second} + 1);
  if (second != no_row) previous_.set(second, std::uint64_t{which} + 1);
  first_[tenant] = which;
}

void population::unlink(row_index which) {
  const auto before = previous_[which];
  const auto behind = next_[which];
  if (before == 0) {
    first_[tenant(which)] = next(which);
  } else {
    next_.set(before - 1, behind);
  }
  if (behind != 0) previous_.set(behind - 1, before);
}

}  // namespace licaudit::factors
