#include "daemon/audit/tenant_roster.hpp"

#include <algorithm>

namespace licaudit::audit {

namespace {

// At 10,000 tenants a copy of the roster is about 150 pointers, and a change copies at most 128 entries.
constexpr std::size_t most_in_block = 128;

const auto by_id = [](const tenant_roster::value_type& one, std::string_view id) { return one.first < id; };

}  // namespace

tenant_roster::const_iterator& tenant_roster::const_iterator::operator++() {
  if (++place_ == roster_->blocks_[block_].shared->size()) {
    ++block_;
    place_ = 0;
  }
  return *this;
}

tenant_roster::tenant_roster(const tenant_roster& other) : blocks_(other.blocks_), size_(other.size_) {
  for (auto& one : blocks_) one.own = false;
}

tenant_roster& tenant_roster::operator=(const tenant_roster& other) {
  tenant_roster copy(other);
  return *this = std::move(copy);
}

/// The block that holds the id or would hold it; 0 if there is none.
std::size_t tenant_roster::block_of(std::string_view id) const {
  const auto behind =
      std::upper_bound(blocks_.begin(), blocks_.end(), id,
                       [](std::string_view wanted, const shelf& one) { return wanted < one.shared->front().first; });
  return behind == blocks_.begin() ? 0 : static_cast<std::size_t>(behind - blocks_.begin()) - 1;
}

tenant_roster::const_iterator tenant_roster::find(std::string_view id) const {
  if (blocks_.empty()) return end();
  const auto which = block_of(id);
  const auto& in = *blocks_[which].shared;
  const auto place = std::lower_bound(in.begin(), in.end(), id, by_id);
  if (place == in.end() || place->first != id) return end();
  return {*this, which, static_cast<std::size_t>(place - in.begin())};
}

tenant_roster::const_iterator tenant_roster::upper_bound(std::string_view id) const {
  if (blocks_.empty()) return end();
  const auto which = block_of(id);
  const auto& in = *blocks_[which].shared;
  auto place = std::lower_bound(in.begin(), in.end(), id, by_id);
  if (place != in.end() && place->first == id) ++place;
  if (place == in.end()) return {*this, which + 1, 0};
  return {*this, which, static_cast<std::size_t>(place - in.begin())};
}

tenant_roster::block& tenant_roster::own(std::size_t which) {
  auto& one = blocks_[which];
  if (!one.own) one = {std::make_shared<block>(*one.shared), true};
  return *one.shared;
}

std::shared_ptr<const tenant_view>& tenant_roster::operator[](std::string_view id) {
  if (blocks_.empty()) {
    ++size_;
    blocks_.push_back({std::make_shared<block>(1, value_type(id, nullptr)), true});
    return blocks_.front().shared->front().second;
  }
  auto which = block_of(id);
  if (own(which).size() == most_in_block) {
    split(which);
    which = block_of(id);
  }
  auto& in = own(which);
  const auto place = std::lower_bound(in.begin(), in.end(), id, by_id);
  if (place != in.end() && place->first == id) return place->second;
  ++size_;
  return in.emplace(place, std::string(id), nullptr)->second;
}

void tenant_roster::split(std::size_t which) {
  auto& full = own(which);
  const auto half = full.begin() + most_in_block / 2;
  auto second = std::make_shared<block>(std::make_move_iterator(half), std::make_move_iterator(full.end()));
  full.erase(half, full.end());
  blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(which) + 1, {std::move(second), true});
}

void tenant_roster::erase(std::string_view id) {
  const auto place = find(id);
  if (place == end()) return;
  const auto which = place.block_;
  auto& in = own(which);
  in.erase(in.begin() + static_cast<std::ptrdiff_t>(place.place_));
  if (in.empty()) blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(which));
  --size_;
}

void tenant_roster::clear() {
  blocks_.clear();
  size_ = 0;
}

}  // namespace licaudit::audit
