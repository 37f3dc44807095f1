#include "daemon/sync/subject_changes.hpp"

#include <boost/container_hash/hash.hpp>

#include <utility>

namespace licaudit::sync {

std::size_t subject_changes::by_name::operator()(const subject_name& name) const {
  auto seed = boost::hash<std::string>()(name.id);
  boost::hash_combine(seed, name.tenant);
  boost::hash_combine(seed, static_cast<unsigned>(name.kind));
  return seed;
}

subject_changes::subject_changes() : index_(0, by_name{&put_}, by_name{&put_}) {}

void subject_changes::append(ledger::delivered_subject value) {
  put_.push_back(std::move(value));
  index_.insert(static_cast<std::uint32_t>(put_.size() - 1));
}

std::optional<std::int64_t> subject_changes::put_once(ledger::delivered_subject value) {
  const auto found = index_.find(value.value.name);
  if (found == index_.end()) {
    append(std::move(value));
    return std::nullopt;
  }
  const auto& earlier = put_[*found];
  if (earlier.line == value.line || earlier.value == value.value) return std::nullopt;
  return earlier.line_number;
}

void subject_changes::put(ledger::delivered_subject value) {
  removed_.erase(value.value.name);
  const auto found = index_.find(value.value.name);
  if (found == index_.end()) {
    append(std::move(value));
  } else {
    put_[*found] = std::move(value);
  }
}

void subject_changes::remove(subject_name name) {
  const auto found = index_.find(name);
  if (found != index_.end()) {
    put_[*found].line_number = 0;
    index_.erase(found);
  }
  removed_.insert(std::move(name));
}

std::vector<ledger::delivered_subject> subject_changes::take_put() {
  index_.clear();
  std::erase_if(put_, [](const ledger::delivered_subject& one) { return one.line_number == 0; });
  return std::exchange(put_, {});
}

std::vector<subject_name> subject_changes::take_removed() {
  return {removed_.begin(), removed_.end()};
}

}  // namespace licaudit::sync
