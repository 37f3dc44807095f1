#pragma once

#include "factors/engine.hpp"
#include "factors/held_fields.hpp"
#include "factors/packed_numbers.hpp"
#include "factors/value_column.hpp"
#include "model/subject.hpp"

#include <array>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace licaudit::factors {

/// A place in the population; given again when its subject has left.
using row_index = std::uint32_t;
inline constexpr row_index no_row = UINT32_MAX;

/// From the caller's numbers, dense or not, to rows: 3 bytes each for millions of dense ones.
class row_directory {
 public:
  [[nodiscard]] row_index find(std::uint64_t number) const;
  /// `rows`: how many there are; numbers far above it are kept apart.
  void put(std::uint64_t number, row_index row, std::size_t rows);
  void erase(std::uint64_t number);

 private:
  packed_numbers dense_;  ///< row + 1; 0: none
  std::unordered_map<std::uint64_t, row_index> sparse_;
};

/// All subjects of all tenants, as the numbers of their field values, column by column. About 35 bytes a subject and
/// the texts of fields whose values do not repeat; no heap object of its own.
class population {
 public:
  explicit population(held_fields fields);

  [[nodiscard]] const held_fields& fields() const { return fields_; }
  [[nodiscard]] bool is_empty() const { return size() == free_.size(); }
  [[nodiscard]] row_index find(std::uint64_t number) const { return directory_.find(number); }
  /// Rows are below it.
  [[nodiscard]] row_index size() const { return static_cast<row_index>(kinds_.size()); }
  /// The tenant's first row, from where `next` leads through all, or `no_row`.
  [[nodiscard]] row_index first_of(tenant_index tenant) const {
    return tenant < first_.size() ? first_[tenant] : no_row;
  }
  [[nodiscard]] row_index next(row_index which) const { return static_cast<row_index>(next_[which]) - 1; }

  [[nodiscard]] subject_kind kind(row_index which) const { return kinds_[which]; }
  [[nodiscard]] tenant_index tenant(row_index which) const { return static_cast<tenant_index>(tenants_[which]); }
  [[nodiscard]] std::uint64_t number(row_index which) const { return numbers_[which]; }
  /// Modulo 2^64, as in `histogram`.
  [[nodiscard]] std::uint64_t units(row_index which) const { return units_[which]; }
  /// The number of the value in a column of the row's kind.
  [[nodiscard]] std::uint32_t value(row_index which, std::uint32_t column) const {
    return static_cast<std::uint32_t>(values_[column][which]);
  }
  [[nodiscard]] const value_column& column(subject_kind kind, std::uint32_t which) const {
    return columns_[index_of(kind)][which];
  }

  /// A subject as it will be or is a row.
  struct content {
    tenant_index tenant;
    subject_kind kind;
    std::uint64_t units;
    std::vector<std::uint32_t> values;
    bool operator==(const content&) const = default;
  };
  /// Takes the values: for `add`, or to be given back by `drop`.
  void take(tenant_index tenant, const subject& of, content& into);
  void drop(const content& one);
  [[nodiscard]] bool is(row_index which, const content& like) const;

  row_index add(std::uint64_t number, const content& of);
  void remove(row_index which);

  /// A value that nobody uses any more: what is remembered of its number is void.
  struct left_value {
    subject_kind kind;
    std::uint32_t column, value;
  };
  /// Since the last call.
  [[nodiscard]] std::vector<left_value> left_values() { return std::exchange(left_, {}); }

 private:
  void grow();
  void link(row_index which, tenant_index tenant);
  void unlink(row_index which);
  void give_back(subject_kind kind, std::uint32_t column, std::uint32_t value);

  held_fields fields_;
  std::array<std::vector<value_column>, subject_kinds.size()> columns_;
  // By row. Links are row + 1, so that the last one takes no more bytes than the others.
  std::vector<subject_kind> kinds_;
  packed_numbers numbers_, tenants_, units_, next_, previous_;
  std::vector<packed_numbers> values_;  ///< by column, of which a kind may have fewer than there are
  std::vector<row_index> free_;
  std::vector<row_index> first_;  ///< by tenant
  row_directory directory_;
  std::vector<left_value> left_;
  std::string room_;
};

}  // namespace licaudit::factors
