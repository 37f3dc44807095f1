#pragma once

#include "model/finding.hpp"

#include <algorithm>
#include <boost/iterator/indirect_iterator.hpp>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace licaudit::audit {

/// Findings in an order, each shared with whoever else lists it; a copy shares the whole list.
class listed_findings {
 public:
  using list = std::vector<std::shared_ptr<const finding>>;
  using value_type = finding;
  using const_iterator = boost::indirect_iterator<list::const_iterator, const finding>;

  listed_findings() = default;
  listed_findings(std::initializer_list<finding> all) {
    for (const auto& one : all) push_back(one);
  }
  explicit listed_findings(list all) : list_(std::make_shared<const list>(std::move(all))) {}

  [[nodiscard]] const_iterator begin() const { return const_iterator(list_->begin()); }
  [[nodiscard]] const_iterator end() const { return const_iterator(list_->end()); }
  [[nodiscard]] std::size_t size() const { return list_->size(); }
  [[nodiscard]] bool empty() const { return list_->empty(); }
  [[nodiscard]] const finding& front() const { return *list_->front(); }
  [[nodiscard]] const finding& operator[](std::size_t place) const { return *(*list_)[place]; }

  bool operator==(const listed_findings& other) const {
    return list_ == other.list_ || std::equal(begin(), end(), other.begin(), other.end());
  }

  void push_back(finding one) { insert(list_->size(), std::move(one)); }
  void insert(std::size_t place, finding one) {
    auto longer = *list_;
    longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(place), std::make_shared<const finding>(std::move(one)));
    list_ = std::make_shared<const list>(std::move(longer));
  }
  void erase(std::size_t place) {
    auto shorter = *list_;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(place));
    list_ = std::make_shared<const list>(std::move(shorter));
  }

 private:
  std::shared_ptr<const list> list_ = std::make_shared<const list>();
};

}  // namespace licaudit::audit
