#include "factors/population.hpp"

#include <algorithm>
#include <string_view>

namespace licaudit::factors {

row_index row_directory::find(std::uint64_t number) const {
  if (number < dense_.size() && dense_[number] != no_row) return dense_[number];
  const auto found = sparse_.find(number);
  return found == sparse_.end() ? no_row : found->second;
}

void row_directory::put(std::uint64_t number, row_index row, std::size_t rows) {
  if (number >= dense_.size() && number < 4 * rows + 4096) dense_.resize(number + 1, no_row);
  if (number < dense_.size()) {
    dense_[number] = row;
  } else {
    sparse_[number] = row;
  }
}

void row_directory::erase(std::uint64_t number) {
  if (number < dense_.size()) dense_[number] = no_row;
  sparse_.erase(number);
}

population::population(held_fields fields) : fields_(std::move(fields)) {
  for (const auto kind : subject_kinds) {
    const auto columns = fields_.of(kind).size();
    columns_[index_of(kind)].resize(columns);
    stride_ = std::max(stride_, columns);
  }
}

row_index population::first_of(tenant_index tenant) const {
  return tenant < first_.size() ? first_[tenant] : no_row;
}

std::vector<std::uint32_t> population::take_values(const subject& of) {
  const auto& names = fields_.of(of.name.kind);
  auto& columns = columns_[index_of(of.name.kind)];
  std::vector<std::uint32_t> values;
  values.reserve(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == "id") {
      values.push_back(columns[i].take(value_text({of.name.id})));
      continue;
    }
    const auto field = of.fields.find(names[i]);
    values.push_back(columns[i].take(field == of.fields.end() ? std::string() : value_text(field->second)));
  }
  return values;
}

row_index population::add(std::uint64_t number, tenant_index tenant, const subject& of,
                          const std::vector<std::uint32_t>& values) {
  auto place = size();
  if (free_.empty()) {
    rows_.emplace_back();
    values_.resize(values_.size() + stride_);
  } else {
    place = free_.back();
    free_.pop_back();
  }
  rows_[place] = {number, of.quantity, tenant, no_row, no_row, of.name.kind};
  std::copy(values.begin(), values.end(), values_.begin() + static_cast<std::ptrdiff_t>(place * stride_));
  directory_.put(number, place, rows_.size());
  link(place);
  return place;
}

void population::remove(row_index which) {
  unlink(which);
  directory_.erase(rows_[which].number);
  const auto kind = rows_[which].kind;
  auto& columns = columns_[index_of(kind)];
  for (std::uint32_t i = 0; i < columns.size(); ++i) {
    const auto number = value(which, i);
    if (columns[i].give_back(number)) left_.push_back({kind, i, number});
  }
  free_.push_back(which);
}

void population::link(row_index which) {
  auto& one = rows_[which];
  if (one.tenant >= first_.size()) first_.resize(one.tenant + 1, no_row);
  one.next = first_[one.tenant];
  if (one.next != no_row) rows_[one.next].previous = which;
  first_[one.tenant] = which;
}

void population::unlink(row_index which) {
  const auto& one = rows_[which];
  (one.previous == no_row ? first_[one.tenant] : rows_[one.previous].next) = one.next;
  if (one.next != no_row) rows_[one.next].previous = one.previous;
}

}  // namespace licaudit::factors
