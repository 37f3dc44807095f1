#pragma once

#include <cstddef>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace licaudit::audit {

struct tenant_view;

/// The tenants of a view by id, sorted, in blocks that copies share: a copy costs a pointer for some dozen tenants, a
/// change the block that it falls in. A roster that was copied is not changed any more: the copy may be read by another
/// thread.
class tenant_roster {
 public:
  using value_type = std::pair<std::string, std::shared_ptr<const tenant_view>>;

 private:
  using block = std::vector<value_type>;

 public:
  class const_iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = tenant_roster::value_type;
    using difference_type = std::ptrdiff_t;
    using pointer = const value_type*;
    using reference = const value_type&;

    const_iterator() = default;
    reference operator*() const { return (*roster_->blocks_[block_].shared)[place_]; }
    pointer operator->() const { return &**this; }
    const_iterator& operator++();
    bool operator==(const const_iterator& other) const = default;

   private:
    friend class tenant_roster;
    const_iterator(const tenant_roster& roster, std::size_t block, std::size_t place)
        : roster_(&roster), block_(block), place_(place) {}
    const tenant_roster* roster_ = nullptr;
    std::size_t block_ = 0, place_ = 0;
  };

  tenant_roster() = default;
  tenant_roster(const tenant_roster& other);
  tenant_roster& operator=(const tenant_roster& other);
  tenant_roster(tenant_roster&&) noexcept = default;
  tenant_roster& operator=(tenant_roster&&) noexcept = default;
  ~tenant_roster() = default;

  [[nodiscard]] const_iterator begin() const { return {*this, 0, 0}; }
  [[nodiscard]] const_iterator end() const { return {*this, blocks_.size(), 0}; }
  [[nodiscard]] const_iterator find(std::string_view id) const;
  /// The first behind it.
  [[nodiscard]] const_iterator upper_bound(std::string_view id) const;
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  /// Adds an empty place if there is none.
  std::shared_ptr<const tenant_view>& operator[](std::string_view id);
  void erase(std::string_view id);
  void clear();

 private:
  struct shelf {
    std::shared_ptr<block> shared;
    bool own;  ///< no copy has it yet
  };
  [[nodiscard]] std::size_t block_of(std::string_view id) const;
  [[nodiscard]] block& own(std::size_t which);
  void split(std::size_t which);

  std::vector<shelf> blocks_;  ///< none of them empty
  std::size_t size_ = 0;
};

}  // namespace licaudit::audit
