#pragma once

#include "factors/engine.hpp"
#include "factors/held_fields.hpp"
#include "factors/packed_numbers.hpp"
#include "factors/row_measure.hpp"
#include "factors/value_column.hpp"
#include "model/subject_view.hpp"

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace licaudit::factors {

/// A place in the population; given again when its subject has left, and another may move there then.
using row_index = std::uint32_t;
inline constexpr row_index no_row = UINT32_MAX;

/// Rows side by side, of one tenant.
struct row_span {
  subject_kind kind;
  row_index first;
  std::uint32_t count;
};

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

/// All subjects of all tenants, as the numbers of their field values, column by column: about 25 bytes a subject and
/// the texts of fields whose values do not repeat; no heap object of its own. Rows of one tenant and kind lie in
/// blocks, of which only the newest is not full.
class population {
 public:
  explicit population(held_fields fields);

  [[nodiscard]] const held_fields& fields() const { return fields_; }
  [[nodiscard]] bool is_empty() const { return blocks_.size() == free_.size(); }
  [[nodiscard]] row_index find(std::uint64_t number) const { return directory_.find(number); }
  /// Rows are below it.
  [[nodiscard]] row_index size() const { return static_cast<row_index>(blocks_.size() * rows_of_block); }
  /// Calls `act(row_span)` until all rows of the tenant were in one.
  template <class Act>
  void each_span(tenant_index tenant, const Act& act) const;
  /// Calls `act(row)` for all rows of the tenant.
  template <class Act>
  void each_row(tenant_index tenant, const Act& act) const {
    each_span(tenant, [&](const row_span& rows) {
      for (std::uint32_t i = 0; i < rows.count; ++i) act(rows.first + i);
    });
  }
  /// One of the tenant, or `no_row`.
  [[nodiscard]] row_index any_of(tenant_index tenant) const;

  [[nodiscard]] subject_kind kind(row_index which) const { return blocks_[which / rows_of_block].kind; }
  [[nodiscard]] tenant_index tenant(row_index which) const { return blocks_[which / rows_of_block].tenant; }
  [[nodiscard]] std::uint64_t number(row_index which) const { return numbers_[which]; }
  /// Modulo 2^64, as in `histograms`.
  [[nodiscard]] std::uint64_t units(row_index which) const { return units_[which]; }
  /// The number of the value in a column of the row's kind.
  [[nodiscard]] std::uint32_t value(row_index which, std::uint32_t column) const {
    return static_cast<std::uint32_t>(values_[column][which]);
  }
  /// The same by row, for all rows whose kind has this column.
  [[nodiscard]] const packed_numbers& values(std::uint32_t column) const { return values_[column]; }
  [[nodiscard]] const value_column& column(subject_kind kind, std::uint32_t which) const {
    return columns_[index_of(kind)][which];
  }

  /// What a subject of this kind and these fields would have as its measure.
  [[nodiscard]] std::optional<row_measure> measure_of(const subject_view& of);
  /// Null: its quantity says it all. Every meter has one, and of numbers those that stand for several, where that is
  /// held.
  [[nodiscard]] const row_measure* measure(row_index which) const {
    if (measures_.empty()) return nullptr;
    const auto known = measures_.find(which);
    return known == measures_.end() ? nullptr : &known->second;
  }
  [[nodiscard]] const std::string& unit_name(std::uint32_t unit) const { return units_of_meters_.name(unit); }

  row_index add(std::uint64_t number, tenant_index tenant, const subject_view& of);
  /// The row that is empty then: what stood there, if it is another, stands in the place of the one removed now.
  row_index remove(row_index which);

  /// A value that a row has now and one that it shall have.
  struct new_value {
    std::uint32_t column, value;
  };
  /// The values in which the subject, of the row's tenant and kind, differs from the row; to be given to `change`.
  void take_changes(row_index which, const subject_view& of, std::vector<new_value>& into);
  void change(row_index which, std::uint64_t units, const std::vector<new_value>& values);
  void put_measure(row_index which, const std::optional<row_measure>& measure);

  /// A value that nobody uses any more: what is remembered of its number is void.
  struct left_value {
    subject_kind kind;
    std::uint32_t column, value;
  };
  /// Since the last call.
  [[nodiscard]] std::vector<left_value> left_values() { return std::exchange(left_, {}); }

 private:
  static constexpr std::uint32_t rows_of_block = 8;
  static constexpr std::uint32_t no_block = UINT32_MAX;
  struct block {
    tenant_index tenant;
    std::uint32_t next;  ///< an older one of the tenant and kind, or no_block
    subject_kind kind;
    std::uint8_t used;
  };
  /// By kind: the newest of a tenant.
  using newest_blocks = std::array<std::uint32_t, subject_kinds.size()>;

  /// Calls `act(column, text)` for every column of the subject's kind.
  template <class Act>
  void each_text(const subject_view& of, const Act& act);
  [[nodiscard]] row_index place_for(tenant_index tenant, subject_kind kind);
  void grow();
  void give_back(subject_kind kind, std::uint32_t column, std::uint32_t value);

  held_fields fields_;
  std::array<std::vector<value_column>, subject_kinds.size()> columns_;
  packed_numbers numbers_, units_;      ///< by row
  std::vector<packed_numbers> values_;  ///< by column, of which a kind may have fewer than there are, and row
  std::vector<block> blocks_;
  std::vector<std::uint32_t> free_;    ///< blocks
  std::vector<newest_blocks> newest_;  ///< by tenant
  row_directory directory_;
  boost::unordered_flat_map<row_index, row_measure> measures_;
  measure_units units_of_meters_;
  std::vector<left_value> left_;
  std::string room_;
};

template <class Act>
void population::each_span(tenant_index tenant, const Act& act) const {
  if (tenant >= newest_.size()) return;
  for (auto at : newest_[tenant]) {
    while (at != no_block) {
      const auto& newest = blocks_[at];
      const auto end = at * rows_of_block + newest.used;
      // Older blocks that lie before it are full.
      while (at > 0 && blocks_[at].next == at - 1) --at;
      act(row_span{newest.kind, at * rows_of_block, end - at * rows_of_block});
      at = blocks_[at].next;
    }
  }
}

}  // namespace licaudit::factors
