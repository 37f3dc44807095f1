#pragma once

#include "factors/held_fields.hpp"
#include "factors/value_column.hpp"
#include "model/subject.hpp"

#include <array>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace licaudit::factors {

/// A number that the engine gives to a tenant.
using tenant_index = std::uint32_t;
/// A place in the population; given again when its subject has left.
using row_index = std::uint32_t;
inline constexpr row_index no_row = UINT32_MAX;

/// From the caller's numbers, dense or not, to rows: 4 bytes each if they are dense.
class row_directory {
 public:
  [[nodiscard]] row_index find(std::uint64_t number) const;
  /// `rows`: how many there are; numbers far above it are kept apart.
  void put(std::uint64_t number, row_index row, std::size_t rows);
  void erase(std::uint64_t number);

 private:
  std::vector<row_index> dense_;
  std::unordered_map<std::uint64_t, row_index> sparse_;
};

/// All subjects of all tenants, as the numbers of their field values. About 60 bytes a subject and the texts of fields
/// whose values do not repeat; no heap object of its own.
class population {
 public:
  struct row {
    std::uint64_t number;
    std::int64_t units;
    tenant_index tenant;
    row_index next, previous;  ///< of the same tenant
    subject_kind kind;
  };

  explicit population(held_fields fields);

  [[nodiscard]] const held_fields& fields() const { return fields_; }
  [[nodiscard]] bool is_empty() const { return rows_.size() == free_.size(); }
  [[nodiscard]] row_index find(std::uint64_t number) const { return directory_.find(number); }
  [[nodiscard]] const row& at(row_index which) const { return rows_[which]; }
  /// Rows are below it.
  [[nodiscard]] row_index size() const { return static_cast<row_index>(rows_.size()); }
  /// The tenant's first row, from where `next` leads through all, or `no_row`.
  [[nodiscard]] row_index first_of(tenant_index tenant) const;

  /// The number of the value in a column of the row's kind.
  [[nodiscard]] std::uint32_t value(row_index which, std::uint32_t column) const {
    return values_[which * stride_ + column];
  }
  [[nodiscard]] const value_column& column(subject_kind kind, std::uint32_t which) const {
    return columns_[index_of(kind)][which];
  }

  /// The numbers of a subject's values, taken; for `add`.
  [[nodiscard]] std::vector<std::uint32_t> take_values(const subject& of);
  [[nodiscard]] row_index add(std::uint64_t number, tenant_index tenant, const subject& of,
                              const std::vector<std::uint32_t>& values);
  void remove(row_index which);

  /// A value that nobody uses any more: what is remembered of its number is void.
  struct left_value {
    subject_kind kind;
    std::uint32_t column, value;
  };
  /// Since the last call.
  [[nodiscard]] std::vector<left_value> left_values() { return std::exchange(left_, {}); }

 private:
  void link(row_index which);
  void unlink(row_index which);

  held_fields fields_;
  std::array<std::vector<value_column>, subject_kinds.size()> columns_;
  std::size_t stride_ = 0;  ///< values per row: the most that any kind has
  std::vector<row> rows_;
  std::vector<std::uint32_t> values_;
  std::vector<row_index> free_;
  std::vector<row_index> first_;  ///< by tenant
  row_directory directory_;
  std::vector<left_value> left_;
};

}  // namespace licaudit::factors
