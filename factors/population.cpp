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

row_index population::any_of(tenant_index tenant) const {
  if (tenant >= newest_.size()) return no_row;
  for (const auto newest : newest_[tenant]) {
    if (newest != no_block) return newest * rows_of_block;
  }
  return no_row;
}

template <class Act>
void population::each_text(const subject_view& of, const Act& act) {
  const auto& names = fields_.of(of.kind);
  auto field = of.fields.begin();  // they are in order, as the names are
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    while (field != of.fields.end() && field->name < names[i]) ++field;
    const auto first = field;
    while (field != of.fields.end() && field->name == names[i]) ++field;
    act(i, names[i] == "id" ? value_text(of.id, room_) : value_text(std::span(first, field), room_));
  }
}

row_index population::add(std::uint64_t number, tenant_index tenant, const subject_view& of) {
  const auto place = place_for(tenant, of.kind);
  numbers_.set(place, number);
  units_.set(place, static_cast<std::uint64_t>(of.quantity));
  each_text(of, [&](std::uint32_t column, std::string_view text) {
    values_[column].set(place, columns_[index_of(of.kind)][column].take(text));
  });
  directory_.put(number, place, size());
  if (const auto measured = measure_of(of)) measures_.emplace(place, *measured);
  return place;
}

std::optional<row_measure> population::measure_of(const subject_view& of) {
  if (of.kind == subject_kind::meter) return measure_of_meter(of, units_of_meters_);
  if (of.kind == subject_kind::number && fields_.expands_numbers()) return measure_of_number(of);
  return std::nullopt;
}

void population::put_measure(row_index which, const std::optional<row_measure>& measure) {
  if (measure) {
    measures_.insert_or_assign(which, *measure);
  } else {
    measures_.erase(which);
  }
}

row_index population::place_for(tenant_index tenant, subject_kind kind) {
  if (tenant >= newest_.size()) newest_.resize(tenant + 1, {no_block, no_block, no_block});
  auto& newest = newest_[tenant][index_of(kind)];
  if (newest == no_block || blocks_[newest].used == rows_of_block) {
    if (free_.empty()) grow();
    blocks_[free_.back()] = {tenant, newest, kind, 0};
    newest = free_.back();
    free_.pop_back();
  }
  return newest * rows_of_block + blocks_[newest].used++;
}

void population::grow() {
  free_.push_back(static_cast<std::uint32_t>(blocks_.size()));
  blocks_.emplace_back();
  numbers_.resize(size());
  units_.resize(size());
  for (auto& one : values_) one.resize(size());
}

row_index population::remove(row_index which) {
  const auto of = kind(which);
  auto& newest = newest_[tenant(which)][index_of(of)];
  const auto columns = static_cast<std::uint32_t>(fields_.of(of).size());
  for (std::uint32_t i = 0; i < columns; ++i) give_back(of, i, value(which, i));
  directory_.erase(number(which));
  auto& last_block = blocks_[newest];
  const auto last = newest * rows_of_block + --last_block.used;
  if (last != which) {
    numbers_.set(which, numbers_[last]);
    units_.set(which, units_[last]);
    for (std::uint32_t i = 0; i < columns; ++i) values_[i].set(which, values_[i][last]);
    directory_.put(number(which), which, size());
  }
  if (!measures_.empty()) {
    const auto* moved = last == which ? nullptr : measure(last);
    put_measure(which, moved == nullptr ? std::nullopt : std::optional(*moved));
    if (last != which) measures_.erase(last);
  }
  if (last_block.used == 0) {
    free_.push_back(newest);
    newest = last_block.next;
  }
  return last;
}

void population::take_changes(row_index which, const subject_view& of, std::vector<new_value>& into) {
  into.clear();
  auto& columns = columns_[index_of(of.kind)];
  // The values of a row lie anywhere: to wait for all of them at once is most of what can be done.
  for (std::uint32_t i = 0; i < columns.size(); ++i) columns[i].fetch(value(which, i));
  each_text(of, [&](std::uint32_t column, std::string_view text) {
    auto& texts = columns[column];
    if (!texts.is(value(which, column), text)) into.push_back({column, texts.take(text)});
  });
}

void population::change(row_index which, std::uint64_t units, const std::vector<new_value>& values) {
  units_.set(which, units);
  for (const auto& one : values) {
    give_back(kind(which), one.column, value(which, one.column));
    values_[one.column].set(which, one.value);
  }
}

void population::give_back(subject_kind kind, std::uint32_t column, std::uint32_t value) {
  if (columns_[index_of(kind)][column].give_back(value)) left_.push_back({kind, column, value});
}

}  // namespace licaudit::factors
