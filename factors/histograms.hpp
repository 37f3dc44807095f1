#pragma once

#include "factors/mask_table.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace licaudit::factors {

/// How many subjects of each tenant have which mask in which lane, and their units: all that n1 and n2 need, for any
/// position of the switches. A tenant has few masks, however many its subjects, and all its bars lie side by side: to
/// count 10,000 tenants is to wait for memory.
class histograms {
 public:
  /// Modulo 2^32 and 2^64: to take away is to add the complement, and always undoes adding, whatever hostile
  /// quantities summed up to in between.
  struct heap {
    std::uint32_t subjects = 0;
    std::uint64_t units = 0;

    [[nodiscard]] bool is_empty() const { return subjects == 0 && units == 0; }
    [[nodiscard]] heap operator-() const { return {0U - subjects, 0U - units}; }
    void add(const heap& more) {
      subjects += more.subjects;
      units += more.units;
    }
  };
  struct bar {
    lane_mask_number of;
    std::uint32_t subjects;
    std::uint64_t units;
  };

  explicit histograms(std::size_t lanes) : lanes_(lanes) {}

  void resize(std::size_t tenants);
  /// A bar without subjects is taken down.
  void add(std::size_t tenant, lane_mask_number of, const heap& more);
  /// `bars`: by number.
  void assign(std::size_t tenant, std::span<const bar> bars);

  /// By number.
  [[nodiscard]] std::span<const bar> of(std::size_t tenant) const { return of(tenant, 0, lanes_); }
  /// Of the lanes from `first` up to `end`.
  [[nodiscard]] std::span<const bar> of(std::size_t tenant, std::size_t first, std::size_t end) const {
    const auto* begins = begins_.data() + tenant * (lanes_ + 1);
    return {bars_[tenant].data() + begins[first], begins[end] - begins[first]};
  }
  [[nodiscard]] std::span<const bar> of(std::size_t tenant, std::size_t lane) const {
    return of(tenant, lane, lane + 1);
  }

  /// Who counts all tenants does so in the order of their numbers: those of one further on are about to be read.
  void fetch_ahead(std::size_t tenant, std::size_t first, std::size_t end) const;

 private:
  /// Where the number stands or would stand among the bars of the tenant.
  [[nodiscard]] std::vector<bar>::iterator find(std::size_t tenant, lane_mask_number of);
  /// The bars of the lanes behind this one have moved by one place.
  void move_behind(std::size_t tenant, std::size_t lane, std::uint32_t by);

  std::size_t lanes_;
  std::vector<std::vector<bar>> bars_;  ///< by tenant
  std::vector<std::uint32_t> begins_;   ///< by tenant: where each lane begins among its bars, and their end
};

}  // namespace licaudit::factors
